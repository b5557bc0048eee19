//! What is printed and what the data files hold, word by word, for a small city. A change of words shows in the snapshots beside
//! this file; `INSTA_UPDATE=always cargo test --test commands texts` takes it over.

use std::fs;
use std::path::Path;

use crate::common::{code, err, out, planbook};

/// The plan of one office: two KPIs whose weights come to `sum`, and the values of both for 2025 and 2026.
fn sheet(org: &str, sum: u32, rate: [&str; 2]) -> String {
    let [before, target] = rate;
    let second = sum - 60;
    format!(
        "{org} 균형성과계획\n\
         관점,한빛시,,,{org},,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 (60),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,{before},{target},%,60,{org}-1\n\
         조직 역량 ({second}),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,{second},{org}-2\n"
    )
}

/// Two plan years, `2026` and what became of it, `2026 고침`.
fn city() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (year, sum, target) in [("2026", 110, "91"), ("2026 고침", 100, "95")] {
        let workbooks = dir.path().join(year).join("workbooks");
        fs::create_dir_all(&workbooks).unwrap();
        fs::write(workbooks.join("01_기획실.csv"), sheet("기획실", 100, ["90", "91"])).unwrap();
        fs::write(workbooks.join("02_교통국.csv"), sheet("교통국", sum, ["9.1", target])).unwrap();
        fs::write(workbooks.join("03_환경국.hwp"), "계획").unwrap();
        let settings = "city = \"한빛시\"\nroster = [\"기획실\", \"교통국\", \"환경국\", \"복지국\"]\n";
        fs::write(workbooks.join("../planbook.toml"), settings).unwrap();
    }
    dir
}

/// Everything a command says, as typed.
fn said(dir: &Path, args: &[&str]) -> String {
    let output = planbook(dir, args);
    format!("{}{}exit code {}\n", out(&output), err(&output), code(&output))
}

#[test]
fn what_the_commands_print() {
    let dir = city();
    planbook(dir.path(), &["scorecards", "2026"]);
    for (name, args) in [
        ("help", &["--help"][..]),
        ("check", &["check", "2026"]),
        ("check_en", &["--lang", "en", "check", "2026"]),
        ("check_office", &["check", "2026", "--org", "교통국", "--severity", "info"]),
        ("status", &["status", "2026"]),
        ("score", &["score", "2026"]),
        ("diff", &["diff", "2026", "2026 고침"]),
        ("explain", &["explain", "W101"]),
        ("wrong_word", &["chekc", "2026"]),
        ("wrong_folder", &["check", "2027"]),
    ] {
        insta::assert_snapshot!(name, said(dir.path(), args));
    }
}

#[test]
fn what_the_data_files_hold() {
    let dir = city();
    planbook(dir.path(), &["export", "2026", "-o", "out"]);
    for name in ["indicators.json", "indicators.csv", "findings.json", "cascade.json"] {
        let text = fs::read_to_string(dir.path().join("out/data").join(name)).unwrap();
        insta::assert_snapshot!(name, text);
    }
}
