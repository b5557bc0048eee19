#![allow(clippy::all, missing_docs)]
use planbook::consolidate::{Context, consolidate};
use planbook::project::{Config, files};
use planbook::read::{Worker, read_workbook, read_workbooks};
use std::time::Instant;
fn main() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009");
    let w =
        Worker { program: env!("CARGO_BIN_EXE_planbook").into(), arguments: vec!["__read-workbook".into()] };
    let n: usize = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(3);
    for round in 0..n {
        let t = Instant::now();
        let config = Config::load(&folder).unwrap();
        println!("config {:?}", t.elapsed());
        let t = Instant::now();
        let l = files::list(&folder);
        println!("list {:?}", t.elapsed());
        for f in l.found.iter() {
            if round == 2 {
                let t = Instant::now();
                let r = read_workbook(&f.path, &f.name, &config);
                let e = t.elapsed();
                if e.as_micros() > 600 {
                    println!("{} {:?} {}", f.name, e, r.is_ok());
                }
            }
        }
        let t = Instant::now();
        let s = read_workbooks(&l.found, &config, None);
        println!("read none {:?}", t.elapsed());
        let t = Instant::now();
        let _s = read_workbooks(&l.found, &config, Some(&w));
        println!("read worker {:?}", t.elapsed());
        let t = Instant::now();
        let city = consolidate(s, &config);
        println!("consolidate {:?}", t.elapsed());
        let cx = Context { city: &city, config: &config };
        let t = Instant::now();
        let n = planbook::check::run(&cx).len();
        println!("check {:?} {n}", t.elapsed());
        for c in planbook::check::CHECKS {
            let t = Instant::now();
            let mut r = planbook::check::Report::new(cx);
            (c.run)(&cx, &mut r);
            let e = t.elapsed();
            if e.as_micros() > 300 {
                println!("  {} {:?}", c.code, e);
            }
        }
    }
}
