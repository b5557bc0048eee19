//! Debug.
#[test]
fn debug_forms() {
    let Ok(file) = std::env::var("PB_FILE") else { return };
    let c = planbook::read::read_workbook(
        std::path::Path::new(&file),
        &"x.xlsx".into(),
        &planbook::project::Config::default(),
    )
    .unwrap();
    for f in &c.forms {
        println!("FORM {} {:?} {:?} conf {} rows {}", f.sheet, f.headings, f.shape, f.confidence, f.rows);
        for col in &f.columns {
            println!("   {} {:?} -> {} {}", col.cell, col.heading, col.role, col.confidence);
        }
    }
    println!("plans {} rows {}", c.plans.len(), c.plans.iter().map(|p| p.rows.len()).sum::<usize>());
    for r in c.remarks.iter().take(6) {
        println!("  {r:?}");
    }
}
