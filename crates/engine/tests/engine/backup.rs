//! Backups of a running engine.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use engine::{
    Engine, Key, KeyError, ManualClock,
    backup::{BackupError, restore},
};
use eventlog::{SqliteStore, Store};
use kernel::State;
use model::{Command, status::Status};
use tempfile::TempDir;

use crate::world::{self, START, begin, status};

struct Site {
    dir: TempDir,
    key: Key,
    engine: Engine,
    store: Arc<SqliteStore>,
}

async fn site() -> Site {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(&engine::layout::log(dir.path())).unwrap());
    // A SQLite store is there, so that the key must be written first, as a server does.
    let key = Key::random().unwrap();
    let engine = world::start(store.clone(), dir.path(), &key, &ManualClock::new(START));
    let tenant = world::tenant();
    engine.open(&tenant).await.unwrap();
    let configure = Command::Configure(world::settings());
    engine.submit(&tenant, configure.into()).await.unwrap();
    engine.submit(&tenant, status(Status::Available).into()).await.unwrap();
    Site { dir, key, engine, store }
}

/// The state that the first `end` records of the tenant's log make.
fn replayed(store: &SqliteStore, end: u64) -> Vec<u8> {
    let mut state = State::default();
    let mut after = 0;
    while after < end {
        let limit = usize::try_from(end - after).unwrap();
        for record in store.read("acmecorp01", after, limit).unwrap() {
            let recorded = model::bytes::decode(&record.bytes).unwrap();
            state.apply(&recorded.event, recorded.at);
            after = record.position;
        }
    }
    rmp_serde::to_vec_named(&state).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_has_everything_acknowledged_before() {
    let site = site().await;
    let (running, acknowledged) = (AtomicBool::new(true), AtomicU64::new(0));
    let to = tempfile::tempdir().unwrap();
    let (before, manifest) = std::thread::scope(|scope| {
        let load = |lane: u32| {
            let mut n = 0;
            while running.load(Ordering::SeqCst) {
                let call = begin(lane * 100_000 + n, "sales").into();
                let turn = site.engine.submit_blocking(&world::tenant(), call).unwrap();
                acknowledged.fetch_max(turn.position, Ordering::SeqCst);
                n += 1;
            }
        };
        let lanes: Vec<_> = (0..4).map(|lane| scope.spawn(move || load(lane))).collect();
        while acknowledged.load(Ordering::SeqCst) < 500 {
            std::thread::yield_now();
        }
        let before = acknowledged.load(Ordering::SeqCst);
        let mut reports = Vec::new();
        let mut progress = |done, all| reports.push((done, all));
        let manifest = site.engine.backup(to.path(), true, &mut progress).unwrap();
        let last = reports.last().unwrap();
        assert_eq!(last.0, last.1, "progress ends with everything");
        running.store(false, Ordering::SeqCst);
        lanes.into_iter().for_each(|lane| lane.join().unwrap());
        (before, manifest)
    });
    assert!(manifest.tenants[0].position >= before);

    let restored = tempfile::tempdir().unwrap();
    assert_eq!(restore(to.path(), restored.path()).unwrap(), manifest);
    let key = Key::load_or_create(restored.path()).unwrap();
    assert_eq!(key.fingerprint(), site.key.fingerprint());
    let store = Arc::new(SqliteStore::open(&engine::layout::log(restored.path())).unwrap());
    let engine = world::start(store, restored.path(), &key, &ManualClock::new(START));
    engine.open(&world::tenant()).await.unwrap();
    let (position, state) = world::state(&engine).await;
    assert!(position >= manifest.tenants[0].position);
    assert_eq!(state, replayed(&site.store, position), "the restored state is a prefix of history");
    engine.submit(&world::tenant(), begin(999_999, "sales").into()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_over() {
    let site = site().await;
    let taken = site.engine.backup(site.dir.path(), false, &mut |_, _| {});
    assert!(matches!(taken, Err(BackupError::NotEmpty(_))));
    let to = tempfile::tempdir().unwrap();
    site.engine.backup(to.path(), false, &mut |_, _| {}).unwrap();
    let taken = restore(to.path(), site.dir.path());
    assert!(matches!(taken, Err(BackupError::NotEmpty(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_without_its_key_says_what_is_missing() {
    let site = site().await;
    let (to, restored) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let manifest = site.engine.backup(to.path(), false, &mut |_, _| {}).unwrap();
    assert!(!manifest.key_included && !engine::layout::key(to.path()).exists());
    restore(to.path(), restored.path()).unwrap();
    assert!(matches!(Key::load_or_create(restored.path()), Err(KeyError::Missing(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whole_backups_are_restored() {
    let site = site().await;
    let (to, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    site.engine.secret("signing", || b"4711".to_vec()).unwrap();
    site.engine.backup(to.path(), false, &mut |_, _| {}).unwrap();
    let database = engine::layout::log(to.path());
    let whole = fs::read(&database).unwrap();
    fs::write(&database, &whole[..whole.len() / 2]).unwrap();
    let error = restore(to.path(), data.path()).unwrap_err().to_string();
    assert!(error.contains("is not what the manifest describes"), "{error}");
    fs::write(&database, whole).unwrap();
    let manifest = to.path().join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"form\": 2", "\"form\": 3")).unwrap();
    let error = restore(to.path(), data.path()).unwrap_err().to_string();
    assert!(error.contains("its form is 3"), "{error}");
    fs::write(&manifest, text.replace("signing.sealed", "../signing.sealed")).unwrap();
    let error = restore(to.path(), data.path()).unwrap_err().to_string();
    assert!(error.contains("../signing.sealed is missing"), "{error}");
    fs::remove_file(manifest).unwrap();
    let error = restore(to.path(), data.path()).unwrap_err().to_string();
    assert!(error.contains("manifest.json is missing"), "{error}");
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0, "nothing half done");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_log_cannot_make_again_goes_with_it() {
    let site = site().await;
    let cursors =
        engine::layout::cursors_of(&engine::layout::streams(site.dir.path()), &world::tenant());
    fs::create_dir_all(cursors.parent().unwrap()).unwrap();
    let tables = "CREATE TABLE cursors (name TEXT); INSERT INTO cursors VALUES ('a')";
    // Open for writing while it is copied.
    let writing = engine::database::open_to_write(&cursors, 7, tables).unwrap();
    site.engine.secret("signing", || b"4711".to_vec()).unwrap();
    let (to, restored) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let manifest = site.engine.backup(to.path(), true, &mut |_, _| {}).unwrap();
    let named: Vec<_> = manifest.files.iter().map(|file| file.path.to_str().unwrap()).collect();
    assert_eq!(named, ["signing.sealed", "streams/acmecorp01.cursors.db"]);
    writing.execute("DELETE FROM cursors", []).unwrap();

    restore(to.path(), restored.path()).unwrap();
    let copy = restored.path().join(&manifest.files[1].path);
    let copy = engine::database::open_to_write(&copy, 7, tables).unwrap();
    let name: String = copy.query_row("SELECT name FROM cursors", [], |row| row.get(0)).unwrap();
    assert_eq!(name, "a", "as of the copy");
    let key = Key::load_or_create(restored.path()).unwrap();
    let store = Arc::new(SqliteStore::open(&engine::layout::log(restored.path())).unwrap());
    let engine = world::start(store, restored.path(), &key, &ManualClock::new(START));
    assert_eq!(engine.secret("signing", || unreachable!("it is there")).unwrap(), b"4711");
}
