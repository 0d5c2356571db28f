package io.sallyport.authprovider.token.internal.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that changes are appended to, and are read from again.
 *
 * <p>After a failure nothing is known but what a reading of the file tells, as after a crash: what was
 * appended by half is cut off by whoever appends next.
 *
 * <p><b>Threads.</b> For one. Methods that write are called while the {@link JournalLock} is held.
 */
final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int BUFFER = 1 << 16;

  private final JournalPlace place;
  private final Disk disk;
  private JournalReader reader;
  private @Nullable FileChannel channel;
  private @Nullable Object key;

  /** Up to where the file is known to be on disk. */
  private long synced;

  /** Whether the file must be read anew. */
  private boolean stale = true;

  /** Whether the system has said that what was written may not be on disk, and will not say so again. */
  private boolean suspect;

  /** Whether the folder may still name the old file after a crash of the machine. */
  private boolean folderUnsynced;

  /** Where what is written lasts. */
  interface Disk {

    /** Returns once what was written is there, with all that is needed to read it again. */
    void force(FileChannel written) throws IOException;
  }

  Journal(JournalPlace place) {
    this(place, written -> written.force(false));
  }

  Journal(JournalPlace place, Disk disk) {
    this.place = place;
    this.disk = disk;
    this.reader = new JournalReader(place.file());
  }

  /** How much of the file is not needed any more, in entries. */
  boolean isMostlyGarbage(TokenTable table) {
    return reader.weight() > 2L * table.entries() + 1000;
  }

  /**
   * Reads what others have written.
   *
   * @param table what was read so far; changed unless the file was replaced
   * @return what the file says
   */
  TokenTable refresh(TokenTable table) throws IOException {
    JournalPlace.State now = place.state();
    FileChannel open = channel;
    if (stale || open == null || !now.key().equals(key) || now.size() < reader.position()) {
      return load();
    }
    if (now.size() > reader.position()) {
      try {
        reader.read(open, table);
      } catch (IOException e) {
        stale = true;
        throw e;
      }
    }
    return table;
  }

  private TokenTable load() throws IOException {
    FileChannel opened = FileChannel.open(place.file(), Set.of(READ, WRITE, NOFOLLOW_LINKS));
    try {
      Object of = place.state().key();
      JournalReader from = new JournalReader(place.file());
      TokenTable table = new TokenTable();
      from.read(opened, table);
      if (from.seq() < reader.seq()) {
        throw new IOException(place.file() + " is older than what was read from it before (change "
            + from.seq() + " after change " + reader.seq()
            + "), so that what was ended since would come back; put the newer one back, or restart all that"
            + " use it to go on with this one");
      }
      use(opened, of, from);
      synced = 0;
      return table;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void use(FileChannel opened, Object of, JournalReader from) throws IOException {
    FileChannel before = channel;
    channel = opened;
    key = of;
    reader = from;
    stale = false;
    if (before != null) {
      before.close();
    }
  }

  private FileChannel open() throws IOException {
    if (channel == null || stale) {
      throw new IOException(place.file() + " is not read");
    }
    return channel;
  }

  /** Has the file read anew, since what is in memory may be more than it says. */
  void distrust() {
    stale = true;
  }

  /** Deletes what a crash has left of a rewriting. While the {@link JournalLock} is held. */
  void deleteUnfinished() throws IOException {
    Files.deleteIfExists(fresh());
  }

  private Path fresh() {
    return place.beside(".new");
  }

  /** Cuts off what a crash has left, and makes last what others have written. After {@link #refresh}. */
  void prepare(TokenTable table) throws IOException {
    if (suspect) {
      rewrite(table);
      return;
    }
    if (folderUnsynced) {
      place.forceFolder();
      folderUnsynced = false;
    }
    long torn = open().size() - reader.position();
    if (torn > 0) {
      open().truncate(reader.position());
      LOG.warn(
          "{}: cut off {} bytes of a change that was being written in a crash.",
          place.file(),
          torn);
    }
    if (torn > 0 || synced < reader.position()) {
      force(open());
    }
    synced = reader.position();
  }

  /** Appends changes; they are on disk then. After {@link #prepare}. */
  void append(List<Change> changes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(changes.size() * 400);
    long batch = reader.seq() + 1;
    long seq = batch;
    long weight = 0;
    for (Change change : changes) {
      bytes.writeBytes(JournalLine.change(seq++, batch, change));
      weight += change.weight();
    }
    FileChannel to = open();
    stale = true; // until all has gone well
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
    while (content.hasRemaining()) {
      to.write(content, reader.position() + content.position());
    }
    force(to);
    stale = false;
    reader.wrote(content.limit(), changes.size(), weight);
    synced = reader.position();
  }

  private void force(FileChannel written) throws IOException {
    try {
      disk.force(written);
    } catch (IOException e) {
      suspect = true;
      stale = true;
      throw e;
    }
  }

  /** Replaces the file, in one step, by one that holds nothing but what is needed. */
  void rewrite(TokenTable table) throws IOException {
    Path fresh = fresh();
    deleteUnfinished();
    JournalReader of = new JournalReader(place.file());
    FileChannel to = place.open(fresh, Set.of(CREATE_NEW, READ, WRITE));
    try {
      write(to, table, of);
      disk.force(to);
      Files.move(fresh, place.file(), ATOMIC_MOVE);
      folderUnsynced = true;
      use(to, place.state().key(), of);
      synced = of.position();
      suspect = false;
      place.forceFolder();
      folderUnsynced = false;
    } catch (IOException | RuntimeException e) {
      if (to != channel) {
        to.close();
        Files.deleteIfExists(fresh);
        stale = true; // it may have been replaced
      }
      throw e;
    }
  }

  private void write(FileChannel to, TokenTable table, JournalReader of) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    long batch = reader.seq() + 1;
    byte[] header = JournalLine.header(reader.seq());
    bytes.writeBytes(header);
    of.wrote(header.length, 1, 0);
    of.startAt(reader.seq());
    try {
      table.forEachEntry(change -> {
        byte[] line = JournalLine.change(of.seq() + 1, batch, change);
        bytes.writeBytes(line);
        of.wrote(line.length, 1, change.weight());
        if (bytes.size() >= BUFFER) {
          drain(bytes, to);
        }
      });
      drain(bytes, to);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void drain(ByteArrayOutputStream bytes, FileChannel to) {
    try {
      ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
      while (content.hasRemaining()) {
        to.write(content);
      }
      bytes.reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
