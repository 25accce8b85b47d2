package io.millrace.campaigns.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What PIT wrote of one run. */
final class MutationReport {

  private final List<Mutant> mutants;

  private MutationReport(List<Mutant> mutants) {
    this.mutants = mutants;
  }

  /**
   * Reads a report.
   *
   * @throws IOException if it is not there, or none; says how to make one
   */
  static MutationReport read(Path file, MutationArea area) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "no report of PIT, file=" + file + "; run it with: ./millrace mutants " + area.id());
    }
    try (InputStream in = Files.newInputStream(file)) {
      XMLInputFactory factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      return new MutationReport(placed(elements(factory.createXMLStreamReader(in))));
    } catch (XMLStreamException e) {
      throw new IOException("expected a report of PIT, file=" + file, e);
    }
  }

  /** Returns all, by class, method, change and place. */
  List<Mutant> mutants() {
    return mutants;
  }

  /** Returns those that no test noticed. */
  List<Mutant> survivors() {
    return mutants.stream().filter(mutant -> !mutant.detected()).toList();
  }

  long count(String status) {
    return mutants.stream().filter(mutant -> mutant.status().equals(status)).count();
  }

  private static List<Map<String, String>> elements(XMLStreamReader xml) throws XMLStreamException {
    List<Map<String, String>> all = new ArrayList<>();
    Map<String, String> now = new HashMap<>();
    int indexes = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "mutation" -> {
            now = new HashMap<>();
            indexes = 0;
            now.put("status", xml.getAttributeValue(null, "status"));
            now.put("detected", xml.getAttributeValue(null, "detected"));
          }
          case "mutatedClass", "mutatedMethod", "methodDescription", "lineNumber", "description" ->
              now.put(xml.getLocalName(), xml.getElementText());
          case "index" -> now.put("index" + indexes++, xml.getElementText());
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("mutation")) {
        all.add(now);
      }
    }
    return all;
  }

  private static List<Mutant> placed(List<Map<String, String>> elements) {
    elements.sort(
        Comparator.comparing((Map<String, String> one) -> of(one, "mutatedClass"))
            .thenComparing(one -> of(one, "mutatedMethod"))
            .thenComparing(one -> of(one, "methodDescription"))
            .thenComparing(one -> Integer.parseInt(of(one, "index0"))));
    Map<String, Integer> places = new HashMap<>();
    List<Mutant> mutants = new ArrayList<>();
    for (Map<String, String> one : elements) {
      String type = of(one, "mutatedClass");
      String owner = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
      String method =
          of(one, "mutatedMethod").replace("<init>", "new").replace("<clinit>", "static");
      String change = shortened(of(one, "description"));
      int place = places.merge(owner + " " + method + " " + change, 1, Integer::sum);
      mutants.add(
          new Mutant(
              of(one, "status"),
              Boolean.parseBoolean(of(one, "detected")),
              owner,
              method,
              Integer.parseInt(of(one, "lineNumber")),
              change,
              place));
    }
    mutants.sort(
        Comparator.comparing(Mutant::owner)
            .thenComparing(Mutant::method)
            .thenComparing(Mutant::line)
            .thenComparing(Mutant::change)
            .thenComparing(Mutant::place));
    return mutants;
  }

  /** Class names without their packages, and nothing that a table would take for a border. */
  private static String shortened(String description) {
    return description
        .replaceAll("\\b[a-z][\\w]*(?:[./][a-z][\\w]*)+[./](?=[A-Z])", "")
        .replace("|", "/");
  }

  private static String of(Map<String, String> one, String name) {
    String value = one.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected a mutation to have " + name + ": " + one);
    }
    return value;
  }
}
