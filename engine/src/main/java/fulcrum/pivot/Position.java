package fulcrum.pivot;

/// A place in a text; both numbers count from 1, the column in characters.
public record Position(int line, int column) {
    static final Position BEGINNING = new Position(1, 1);

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
