package io.millrace.sample;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/**
 * The application as one jar, made by what Boot's Maven plugin makes it with; by hand, because the
 * tests also run where nothing was packaged.
 */
final class FatJar {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Pattern OF_TESTS =
      Pattern.compile(
          "(junit|assertj|byte-buddy|opentest4j|apiguardian|surefire|slf4j-simple|commons-c|commons-i"
              + "|commons-lang|spring-boot-loader-tools|spring-boot-configuration-metadata"
              + "|android-json).*");

  private FatJar() {}

  /** Makes it in an empty folder. */
  static Path in(Path folder) throws IOException {
    Path plain = jar(CLASSES, folder.resolve("classes.jar"), manifest());
    Path fat = folder.resolve("shop.jar");
    Repackager repackager = new Repackager(plain.toFile());
    repackager.setMainClass(ShopApplication.class.getName());
    repackager.repackage(
        fat.toFile(),
        callback -> {
          for (Path library : libraries(folder)) {
            callback.library(new Library(library.toFile(), LibraryScope.COMPILE));
          }
        });
    return fat;
  }

  /** What an executable jar carries for Chronicle, from the one place where the build says it. */
  static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Add-Opens", System.getProperty("jar.add-opens"));
    attributes.putValue("Add-Exports", System.getProperty("jar.add-exports"));
    attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
    return manifest;
  }

  private static List<Path> libraries(Path folder) throws IOException {
    List<Path> libraries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        // Another module of the build, which is not packaged yet.
        if (path.endsWith("target/classes") && !path.endsWith("sample/target/classes")) {
          String module = "module-" + libraries.size();
          libraries.add(jar(path, folder.resolve(module + ".jar"), new Manifest()));
        }
      } else if (!OF_TESTS.matcher(path.getFileName().toString()).matches()) {
        libraries.add(path);
      }
    }
    return libraries;
  }

  private static Path jar(Path classes, Path to, Manifest manifest) throws IOException {
    try (OutputStream file = Files.newOutputStream(to);
        JarOutputStream jar = new JarOutputStream(file, manifest);
        Stream<Path> all = Files.walk(classes)) {
      jar.setLevel(0);
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, jar);
        jar.closeEntry();
      }
    }
    return to;
  }
}
