package io.millrace.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code ./millrace} command. Every refusal is one line that says what to do; never a stack
 * trace.
 */
@Command(
    name = "millrace",
    description = "Durable orchestrations in a JVM process, measured and proven.",
    subcommands = {
      StressCommand.class,
      BenchCommand.class,
      ProfileCommand.class,
      OnlookersCommand.class,
      DemoCommand.class,
      PoliciesCommand.class,
      TopCommand.class,
      InspectCommand.class,
      SqlCommand.class,
      BackupCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      RestoreCommand.class,
      SimulateCommand.class,
      FaultsCommand.class,
      CrashCommand.class,
      CorruptCommand.class,
      FuzzCommand.class,
      SystemCallsCommand.class,
      PowerCutCommand.class,
      DisksCommand.class,
      SelfTestCommand.class,
      MutantsCommand.class,
      EvidenceCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0-SNAPSHOT")
public final class Main implements Runnable {

  /** What a wrong option or a directory that does not open gives. */
  static final int USAGE = 2;

  /** What a run gives that failed, or whose check found something wrong. */
  static final int FAILED = 1;

  @Spec CommandSpec spec;

  private Main() {}

  /**
   * Runs the command and exits: 0 if all went well, 1 if a run failed or its check did, 2 if it
   * could not begin.
   *
   * @param arguments as typed
   */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true)
        .setParameterExceptionHandler(Main::refused)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              complain(command.getErr(), failure);
              return failure instanceof RunFailedException ? FAILED : USAGE;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do");
  }

  private static int refused(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("millrace: " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("millrace: see '" + command.getCommandSpec().qualifiedName() + " --help'");
    }
    return USAGE;
  }

  /** One line for each cause that adds something. */
  private static void complain(PrintWriter err, Throwable failure) {
    String said = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (!said.contains(message)) {
        err.println((said.isEmpty() ? "millrace: " : "millrace:   because: ") + message);
      }
      said += message;
    }
  }
}
