//! The database's threads by themselves: what becomes of neighbours in a group when one panics, fails or cannot commit,
//! and of callers when the queue is full.

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use feedbacklus::db::worker::Done;
use feedbacklus::db::{AnyConnection, Db};
use feedbacklus::error::{Error, Result};
use futures_util::future::join_all;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::mpsc;
use std::task::Poll;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count(connection: &mut AnyConnection) -> Result<i64> {
    Ok(sql_query("SELECT count(*) AS count FROM notes").get_result::<Count>(connection)?.count)
}

fn insert(connection: &mut AnyConnection, id: i64) -> Result<Done<()>> {
    sql_query("INSERT INTO notes (id) VALUES ($1)").bind::<BigInt, _>(id).execute(connection)?;
    Ok(Done::Commit(()))
}

/// A database of one table in a file of its own.
async fn notes(folder: &tempfile::TempDir) -> Db {
    let url = format!("sqlite://{}", folder.path().join("notes.sqlite").display());
    let db = Db::start(&url, 2).expect("the database starts");
    db.write(|connection| {
        sql_query("CREATE TABLE notes (id INTEGER PRIMARY KEY)").execute(connection)?;
        sql_query("CREATE TABLE remarks (note_id INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)")
            .execute(connection)?;
        Ok(Done::Commit(()))
    })
    .await
    .expect("the table is made");
    db
}

/// Holds the writer until the sender is used or dropped, so that what is sent meanwhile becomes one group.
fn hold(db: &Db) -> mpsc::Sender<()> {
    let (release, held) = mpsc::channel::<()>();
    let (started, running) = mpsc::channel();
    let db = db.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let held = std::sync::Mutex::new(held);
        let _ = runtime.block_on(db.write(move |_| {
            let _ = started.send(());
            let _ = held.lock().map(|held| held.recv());
            Ok(Done::Rollback(()))
        }));
    });
    running.recv().expect("the writer is held");
    release
}

#[tokio::test]
async fn a_panic_and_a_failure_leave_their_neighbours_in_the_group_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = notes(&folder).await;
    let release = hold(&db);
    let jobs: Vec<_> = (0..60_i64)
        .map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(move |connection| {
                    insert(connection, number)?;
                    match number % 10 {
                        3 => panic!("a job panics after it has written"),
                        7 => insert(connection, number),
                        _ => Ok(Done::Commit(())),
                    }
                })
                .await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    drop(release);
    let (mut panicked, mut failed, mut stored) = (0, 0, 0);
    for job in jobs {
        match job.await.expect("the task ends") {
            Ok(()) => stored += 1,
            Err(Error::Internal(_)) => panicked += 1,
            Err(Error::Database(_)) => failed += 1,
            Err(other) => panic!("unexpected: {other}"),
        }
    }
    assert_eq!((stored, panicked, failed), (48, 6, 6));
    assert_eq!(
        db.read(count).await.expect("a count"),
        48,
        "what was acknowledged is there, and nothing else"
    );
}

#[tokio::test]
async fn a_commit_that_fails_acknowledges_nothing_and_the_writer_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = notes(&folder).await;
    let release = hold(&db);
    let neighbour = tokio::spawn({
        let db = db.clone();
        async move { db.write(|connection| insert(connection, 1)).await }
    });
    // A deferred foreign key is checked at COMMIT alone, which therefore fails for the whole group.
    let culprit = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(|connection| {
                sql_query("INSERT INTO remarks (note_id) VALUES (99)").execute(connection)?;
                Ok(Done::Commit(()))
            })
            .await
        }
    });
    tokio::task::yield_now().await;
    drop(release);
    assert!(matches!(culprit.await.expect("the task ends"), Err(Error::Busy(_))));
    let neighbour = neighbour.await.expect("the task ends");
    let stored = db.read(count).await.expect("a count");
    assert_eq!(stored, i64::from(neighbour.is_ok()), "the neighbour is there exactly if it was acknowledged");
    db.write(|connection| insert(connection, 2)).await.expect("the writer goes on");
    assert_eq!(db.read(count).await.expect("a count"), stored + 1);
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_takes_work_again_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = notes(&folder).await;
    let release = hold(&db);
    let mut jobs =
        pin!(join_all((0..1500_i64).map(|number| db.write(move |connection| insert(connection, number)))));
    // Polled once, each has asked, while the writer is held.
    assert!(poll_fn(|context| Poll::Ready(jobs.as_mut().poll(context).is_pending())).await);
    drop(release);
    let (mut stored, mut refused) = (0, 0);
    for outcome in jobs.await {
        match outcome {
            Ok(()) => stored += 1,
            Err(Error::Busy(_)) => refused += 1,
            Err(other) => panic!("unexpected: {other}"),
        }
    }
    assert!(refused > 0, "the queue has a bound");
    assert_eq!(stored + refused, 1500);
    assert_eq!(db.read(count).await.expect("a count"), stored, "what was refused left no trace");
    db.write(|connection| insert(connection, 9000)).await.expect("there is room again");
}
