//! A database with one writer and as many readers as work at once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::store::{document_match, like, text_match};
use crate::timing::DatabaseTime;

/// Tells the in-memory databases of one process apart.
static MEMORIES: AtomicU64 = AtomicU64::new(0);

/// One vendor's database. Clones are handles to the same one.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    place: Place,
    writer: Mutex<Connection>,
    idle_readers: Mutex<Vec<Connection>>,
}

#[derive(Debug)]
enum Place {
    /// SQLite's `memdb`: unlike a private `:memory:` database it can be opened by several connections, so
    /// that readers do not wait for one another.
    Memory(String),
    File(PathBuf),
}

impl Database {
    /// A new database in memory.
    pub(crate) fn in_memory(schema: &str) -> rusqlite::Result<Self> {
        let number = MEMORIES.fetch_add(1, Ordering::Relaxed);
        Self::open(Place::Memory(format!("file:/triagekit-demo-{number}?vfs=memdb")), schema)
    }

    /// The database in a file, made when it is not there.
    pub(crate) fn in_file(path: &Path, schema: &str) -> rusqlite::Result<Self> {
        Self::open(Place::File(path.to_owned()), schema)
    }

    fn open(place: Place, schema: &str) -> rusqlite::Result<Self> {
        let writer = connect(&place, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        match place {
            Place::Memory(_) => writer.pragma_update(None, "journal_mode", "MEMORY")?,
            // What was answered with 200 outlives kill -9; only a power cut may lose the last moments.
            Place::File(_) => {
                writer.pragma_update(None, "journal_mode", "WAL")?;
                writer.pragma_update(None, "synchronous", "NORMAL")?;
            }
        }
        writer.execute_batch(schema)?;
        let shared = Shared { place, writer: Mutex::new(writer), idle_readers: Mutex::new(Vec::new()) };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Opens the first reader and lets it read so many of a table's bodies, as a page does: the first caller shall
    /// not pay for what happens once.
    pub(crate) fn warm_up(&self, table: &str, rows: u32) -> rusqlite::Result<()> {
        self.read(|db| {
            let mut statement =
                db.prepare(&format!("SELECT body FROM {table}_body ORDER BY seq DESC LIMIT ?1"))?;
            let mut rows = statement.query([rows])?;
            let mut page = String::new();
            while let Some(row) = rows.next()? {
                page.push_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
            }
            // The answer is put together from the page: it, too, is memory that has to be asked for once.
            drop(std::hint::black_box(page.clone()));
            Ok(())
        })
    }

    /// Lets `work` read, on this thread.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        DatabaseTime::of_request().measure(|| {
            let idle = self.shared.idle_readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let reader = match idle {
                Some(reader) => reader,
                None => self.reader()?,
            };
            let answer = work(&reader);
            self.shared.idle_readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
            answer
        })
    }

    /// Lets `work` read, on a thread that may block.
    pub(crate) async fn reading<T, W>(&self, work: W) -> rusqlite::Result<T>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let (database, time) = (self.clone(), DatabaseTime::of_request());
        tokio::task::spawn_blocking(move || time.measure(|| database.read(work)))
            .await
            .unwrap_or_else(|_| Err(interrupted()))
    }

    /// Lets `work` write, in one transaction.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        DatabaseTime::of_request().measure(|| {
            let mut writer = self.shared.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = writer.transaction()?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        })
    }

    /// A connection of its own that can only read, for statements that a caller wrote.
    pub(crate) fn reader(&self) -> rusqlite::Result<Connection> {
        connect(&self.shared.place, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }
}

fn connect(place: &Place, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match place {
        Place::Memory(uri) => Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?,
        Place::File(path) => Connection::open_with_flags(path, flags)?,
    };
    connection.busy_timeout(Duration::from_secs(20))?;
    connection.pragma_update(None, "mmap_size", 1_u32 << 30)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    text_match::register(&connection)?;
    like::register(&connection)?;
    document_match::register(&connection)?;
    Ok(connection)
}

/// What a read answers when its thread ended before it did, as at the end of the server.
fn interrupted() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_INTERRUPT),
        Some("the read was interrupted".to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_of_a_memory_database_see_what_was_written() {
        let database = Database::in_memory("CREATE TABLE t(x)").unwrap();
        database.write(|db| db.execute("INSERT INTO t VALUES (7)", [])).unwrap();
        let seen: i64 = database.read(|db| db.query_row("SELECT x FROM t", [], |row| row.get(0))).unwrap();
        assert_eq!(seen, 7);
    }

    #[test]
    fn databases_in_memory_are_apart() {
        let one = Database::in_memory("CREATE TABLE t(x)").unwrap();
        Database::in_memory("CREATE TABLE t(x)").unwrap();
        one.write(|db| db.execute("INSERT INTO t VALUES (7)", [])).unwrap();
    }

    #[test]
    fn a_reader_cannot_write() {
        let database = Database::in_memory("CREATE TABLE t(x)").unwrap();
        assert!(database.reader().unwrap().execute("INSERT INTO t VALUES (7)", []).is_err());
    }

    #[test]
    fn a_write_that_fails_leaves_nothing_behind() {
        let database = Database::in_memory("CREATE TABLE t(x)").unwrap();
        let failed = database.write(|db| {
            db.execute("INSERT INTO t VALUES (7)", [])?;
            db.execute("INSERT INTO nowhere VALUES (7)", [])
        });
        assert!(failed.is_err());
        let rows: i64 =
            database.read(|db| db.query_row("SELECT count(*) FROM t", [], |row| row.get(0))).unwrap();
        assert_eq!(rows, 0);
    }
}
