//! LibreOffice, which calculates every formula of a workbook again.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A profile that says: always recalculate when loading.
const SETTING: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;

/// Converts the workbooks of the folder `from` into `to`, recalculated.
pub fn recalculate(from: &Path, to: &Path) {
    let profile = tempfile::tempdir().unwrap();
    let user = profile.path().join("user");
    fs::create_dir_all(&user).unwrap();
    fs::write(user.join("registrymodifications.xcu"), SETTING).unwrap();
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
    command.args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]).arg(to);
    for file in fs::read_dir(from).unwrap() {
        command.arg(file.unwrap().path());
    }
    assert!(command.output().unwrap().status.success());
}
