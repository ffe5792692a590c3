package fulcrum.action;

import fulcrum.flow.ActionCatalog;

/// All actions of Fulcrum. There is no list to edit: they are found beside this class.
public final class Actions {
    private static final ActionCatalog ALL = ActionCatalog.beside(Actions.class);

    private Actions() {}

    /// Reads the class path once, when this is first called.
    public static ActionCatalog catalog() {
        return ALL;
    }
}
