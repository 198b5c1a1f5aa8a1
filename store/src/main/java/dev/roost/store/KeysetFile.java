package dev.roost.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.UUID;

/** The file that holds the {@link Keys}: JSON, 0600, replaced as a whole. */
record KeysetFile(Path path) {
    /** How the file looks from outside; another content has another stamp, for it is another file. */
    record Stamp(FileTime modified, long size, String inode) {}

    boolean exists() {
        return Files.exists(path);
    }

    /** @throws IOException if there is no such file */
    Stamp stamp() throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), Objects.toString(attributes.fileKey()));
    }

    /** @throws StoreRefusedException if it cannot be used, saying what to do */
    Keys read() {
        try {
            if (DurableFiles.isOpenToOthers(path)) {
                throw new StoreRefusedException(
                        "the keyset file " + path + " may be read by others than its owner; run: chmod 600 " + path);
            }
            return Keys.fromJson(Files.readString(path));
        } catch (IOException e) {
            throw new StoreRefusedException(
                    "the keyset file " + path + " cannot be read (" + e + "); make it readable for this user", e);
        } catch (GeneralSecurityException e) {
            throw new StoreRefusedException(
                    "the keyset file " + path + " is damaged: " + e.getMessage()
                            + ". Restore it from a backup; without it what is stored cannot be opened",
                    e);
        }
    }

    /**
     * Makes the file with new keys unless another process has just made it.
     *
     * @throws StoreRefusedException if the folder does not take it
     */
    void createIfAbsent() {
        Path written = path.resolveSibling(path.getFileName() + ".new-" + UUID.randomUUID());
        try {
            DurableFiles.makeFolder(DurableFiles.folderOf(path));
            DurableFiles.writeNew(written, bytes(Keys.generate()));
            // A hard link appears at once, with its whole content, and fails if the name is taken.
            link(written);
            DurableFiles.syncFolder(DurableFiles.folderOf(path));
        } catch (IOException e) {
            throw new StoreRefusedException(
                    "the keyset file " + path + " cannot be made (" + e + "); make its folder writable for this user",
                    e);
        }
    }

    /** Replaces the content at once; when this returns it survives loss of power. */
    void replace(Keys keys) throws IOException {
        Path written = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(written);
        DurableFiles.writeNew(written, bytes(keys));
        DurableFiles.rename(written, path);
    }

    private void link(Path written) throws IOException {
        try {
            Files.createLink(path, written);
        } catch (FileAlreadyExistsException e) {
            System.getLogger(KeysetFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "another process made the keyset file first", e);
        } finally {
            Files.delete(written);
        }
    }

    private static byte[] bytes(Keys keys) {
        return keys.toJson().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
