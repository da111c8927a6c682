import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.List;

/** Tags every DIR/N.txt, whose first line is the publication day, and writes DIR/N.tml: one start of Java for all. */
public class HeidelTimeLoop {
    public static void main(String[] args) throws Exception {
        HeidelTimeStandalone tagger =
                new HeidelTimeStandalone(Language.ENGLISH, DocumentType.NEWS, OutputType.TIMEML, args[1]);
        List<Path> texts = Files.list(Path.of(args[0])).filter(path -> path.toString().endsWith(".txt")).toList();
        long tagging = 0;
        for (Path path : texts) {
            String whole = Files.readString(path, StandardCharsets.UTF_8);
            int end = whole.indexOf('\n');
            long start = System.nanoTime();
            String tagged = tagger.process(
                    whole.substring(end + 1), new SimpleDateFormat("yyyy-MM-dd").parse(whole.substring(0, end)));
            tagging += System.nanoTime() - start;
            Files.writeString(Path.of(path.toString().replace(".txt", ".tml")), tagged, StandardCharsets.UTF_8);
        }
        Files.writeString(Path.of(args[0], "seconds"), String.valueOf(tagging / 1e9));
    }
}
