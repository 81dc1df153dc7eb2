//! The audit log tells what changed, and comes again the same from the log.

use engine::views::{AuditFilter, AuditRow};
use model::{
    Command, SkillId, UserId,
    config::{Administration, Change, Setting, Skill},
};

use crate::world::World;

fn rename(name: &str, expects: u32) -> Command {
    let skill = Skill { id: SkillId(77), name: name.into() };
    let changes = vec![Change { setting: Setting::Skill(skill), expects: Some(expects) }];
    Command::Administer(Administration { by: UserId(1), changes })
}

async fn read(world: &World) -> Vec<AuditRow> {
    world.views_caught_up().await;
    let views = world.engine.views(&world.tenant).unwrap();
    let all = AuditFilter::default();
    views.read(move |views| views.audit(&all, u64::MAX, 1_000)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_again_with_the_same_hashes() {
    let mut world = World::new().await;
    world.submit(rename("Old", 0)).await.unwrap();
    // Between an account and what it accounts for nothing is lost.
    world.restart().await;
    world.submit(rename("New", 1)).await.unwrap();
    let rows = read(&world).await;
    let changes = r#"[{"field":"name","before":"Old","after":"New"}]"#;
    assert_eq!((&*rows[0].action, &*rows[0].changes), ("changed", changes));
    assert_eq!((&*rows[1].action, &*rows[1].name), ("created", "Old"));
    assert_eq!(rows[0].by.as_ref().map(|(user, _)| *user), Some(UserId(1)));
    assert_eq!(rows[2].by, None, "the operator");
    let mut sequences: Vec<u64> = rows.iter().map(|row| row.sequence).collect();
    sequences.reverse();
    assert_eq!(sequences, (1..=rows.len() as u64).collect::<Vec<_>>());
    let mut hashes: Vec<&str> = rows.iter().map(|row| &*row.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), rows.len());

    world.stop();
    std::fs::remove_dir_all(engine::layout::views(world.dir.path())).unwrap();
    world.start_again().await;
    assert_eq!(read(&world).await, rows);
}
