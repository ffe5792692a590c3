package fulcrum.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// What a command of the command line said, run in this process.
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Logger log = (Logger) LoggerFactory.getLogger("fulcrum");
        Level level = log.getLevel(); // some commands make the log quiet: a process has only one
        try {
            int code = Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
            return new CommandRun(code, out.toString(), err.toString());
        } finally {
            log.setLevel(level);
        }
    }

    List<String> errLines() {
        return err.lines().toList();
    }
}
