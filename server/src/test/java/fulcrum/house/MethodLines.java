package fulcrum.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;

/// How many source lines a compiled method spans.
record MethodLines(String name, int lines) {
    static List<MethodLines> of(ClassFile format, Path file) {
        ClassModel model;
        try {
            model = format.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String owner = model.thisClass().asInternalName().replace('/', '.');
        List<MethodLines> methods = new ArrayList<>();
        for (MethodModel method : model.methods()) {
            String name = method.methodName().stringValue();
            if (!name.startsWith("<")) { // field initialisers are tables, not code
                methods.add(new MethodLines(owner + "." + name, span(method)));
            }
        }
        return methods;
    }

    private static int span(MethodModel method) {
        IntSummaryStatistics lines = new IntSummaryStatistics();
        method.code()
                .ifPresent(
                        code ->
                                code.forEach(
                                        element -> {
                                            if (element instanceof LineNumber line) {
                                                lines.accept(line.line());
                                            }
                                        }));
        return lines.getCount() == 0
                ? 0
                : lines.getMax() - lines.getMin() + 3; // the signature and both braces
    }
}
