package fulcrum.storage;

import fulcrum.directory.Directory;
import fulcrum.directory.MemoryDirectory;

class MemoryDirectoryContractTest extends DirectoryContract {
    private final MemoryDirectory directory = new MemoryDirectory();

    @Override
    Directory directory() {
        return directory;
    }
}
