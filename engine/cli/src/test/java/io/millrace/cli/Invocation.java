package io.millrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of the command inside this JVM.
 *
 * @param status its exit status
 * @param out what it said on standard output
 * @param err what it said on standard error, progress aside
 */
record Invocation(int status, String out, String err) {

  static Invocation of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int status = command.execute(arguments);
    return new Invocation(status, out.toString(), err.toString());
  }
}
