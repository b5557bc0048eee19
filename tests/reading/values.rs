//! Values, units and codes: properties for any text, and the results for the real book.

use planbook::plan::value::{series, show_number};
use planbook::plan::{Initiatives, Meaning, Text, Unit, Value};
use planbook::source::CellRef;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::truth::truth;

fn text(text: &str) -> Text {
    Text::new(text, CellRef::default())
}

fn value(raw: &str) -> Value {
    Value::read(text(raw))
}

fn unit(raw: &str) -> Unit {
    Unit::read(text(raw))
}

/// Text with frequent digits, signs and words of the grammar.
fn any_cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[ .,/~()±△%+-]{1,2}",
        Just("이상".to_owned()),
        Just("이 상".to_owned()),
        Just("전년대비".to_owned()),
        Just("천만".to_owned()),
        Just("조".to_owned()),
        Just("누계".to_owned()),
        Just("반기별".to_owned()),
        Just("경본-".to_owned()),
        Just("등급".to_owned()),
        Just("'".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("％".to_owned()),
        Just("１".to_owned()),
        "\\PC{0,3}",
    ];
    prop_oneof![prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_and_kept(raw in any_cell()) {
        let read = value(&raw);
        prop_assert_eq!(&*read.text.text, raw.as_str());
        prop_assert!(read.agrees(&unit("천명"), &read, &unit("천명"), 0.0), "{:?}", read);
        prop_assert!(read.amount().is_none_or(f64::is_finite));
        let read_unit = unit(&raw);
        prop_assert!(read_unit.scale >= 1.0 && raw.contains(read_unit.base()));
        Initiatives::read(text(&raw));
        Initiatives::read_footnote(text(&raw));
    }

    #[test]
    fn a_number_reads_back_however_it_is_formatted(cents in -99_999_999_i64..99_999_999, decimals in 0_usize..3) {
        let amount = (cents as f64) / 100.0;
        let amount = format!("{amount:.decimals$}").parse::<f64>().unwrap();
        let plain = format!("{amount:.decimals$}");
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
        let (whole, fraction) = digits.split_once('.').map_or((digits, String::new()), |(w, f)| (w, format!(".{f}")));
        let grouped: Vec<String> =
            whole.as_bytes().rchunks(3).rev().map(|g| String::from_utf8_lossy(g).into_owned()).collect();
        let wide = |s: &str| s.chars().map(|c| match c {
            '0'..='9' => char::from_u32(c as u32 + 0xfee0).unwrap(),
            other => other,
        }).collect::<String>();
        for written in [
            plain.clone(),
            format!("{sign}{}{fraction}", grouped.join(",")),
            format!("{sign}{}{fraction}", grouped.join("\u{2009}")),
            format!(" {}{}{fraction} ", if sign.is_empty() { "" } else { "△" }, grouped.join(",")),
            format!("{plain}건"),
            format!("{plain} 명"),
            format!("{plain} %"),
            wide(&plain),
        ] {
            prop_assert_eq!(value(&written).amount(), Some(amount), "{}", written);
        }
        prop_assert_eq!(value(&show_number(amount)).amount(), Some(amount));
    }

    #[test]
    fn a_scale_at_the_number_or_in_the_unit_is_the_same(amount in 0_u32..100_000, scale in 0_usize..6) {
        let (word, by) = [("천", 1e3), ("만", 1e4), ("백만", 1e6), ("천만", 1e7), ("억", 1e8), ("십억", 1e9)][scale];
        let written = value(&format!("{amount}{word}명"));
        prop_assert_eq!(written.amount(), Some(f64::from(amount) * by));
        let (bare, own) = (value(&amount.to_string()), unit(&format!("{word}명")));
        prop_assert!(bare.agrees(&own, &written, &unit("명"), 0.0));
    }

    #[test]
    fn regular_codes_stay_as_they_are(raw in any_cell()) {
        let codes = Initiatives::read(text(&raw)).codes;
        let regular = codes.join(", ");
        let again = Initiatives::read(text(&regular));
        prop_assert_eq!(&again.codes, &codes, "{} {}", raw, regular);
        prop_assert!(again.malformed.is_empty() && again.name.is_none(), "{:?}", again);
    }
}

fn str_of<'a>(json: &'a Json, key: &str) -> &'a str {
    json[key].as_str().unwrap_or_default()
}

fn list<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn the_codes_of_all_rows_of_the_real_book() {
    let (plans, expected) = (truth("plans.json"), truth("expected.json"));
    let mut rows = 0;
    for record in expected.as_array().unwrap() {
        let plan = &plans[record["plan"].as_u64().unwrap() as usize - 1];
        let raw = str_of(&plan["rows"][record["row"].as_u64().unwrap() as usize], "code");
        let read = Initiatives::read(text(raw));
        let codes: Vec<&str> = list(record, "codes").iter().filter_map(Json::as_str).collect();
        assert_eq!(read.codes.iter().map(|code| &**code).collect::<Vec<_>>(), codes, "{raw}");
        assert_eq!(read.name.as_deref().unwrap_or_default(), str_of(record, "initiative_name"), "{raw}");
        rows += 1;
    }
    assert_eq!(rows, 1031);
}

#[test]
fn the_footnotes_of_the_real_book() {
    let (plans, facts) = (truth("plans.json"), truth("facts.json"));
    for plan in plans.as_array().unwrap() {
        let codes: Vec<String> = list(plan, "footnotes")
            .iter()
            .flat_map(|note| Initiatives::read_footnote(text(note.as_str().unwrap())).codes)
            .map(|code| code.to_string())
            .collect();
        let expected = list(&facts["codes"]["footnotes"], str_of(plan, "org"));
        assert_eq!(
            codes,
            expected.iter().filter_map(Json::as_str).collect::<Vec<_>>(),
            "{}",
            str_of(plan, "org")
        );
    }
}

#[test]
fn the_malformed_codes_of_the_real_book() {
    let (plans, facts) = (truth("plans.json"), truth("facts.json"));
    for fact in list(&facts["codes"], "malformed") {
        let printed = str_of(fact, "printed");
        let read = Initiatives::read(text(printed));
        let codes: Vec<&str> = read.codes.iter().map(|code| &**code).collect();
        assert_eq!(codes, list(fact, "read_as").iter().filter_map(Json::as_str).collect::<Vec<_>>());
        // Not malformed: remarks, the department's own numbers, and regular codes separated by a line break.
        let is_remark = codes.is_empty();
        let is_own = codes.iter().all(|code| !code.contains('-'));
        let is_regular = codes.join(" ") == printed;
        assert_eq!(read.malformed.is_empty(), is_remark || is_own || is_regular, "{printed}");
    }
    let malformed: usize = plans
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|plan| list(plan, "rows"))
        .map(|row| Initiatives::read(text(str_of(row, "code"))).malformed.len())
        .sum();
    assert_eq!(malformed, 16);
}

#[test]
fn the_running_totals_of_the_real_book() {
    let (plans, facts) = (truth("plans.json"), truth("facts.json"));
    let mut right = 0;
    let mut wrong = Vec::new();
    for plan in plans.as_array().unwrap() {
        for (index, row) in list(plan, "rows").iter().enumerate() {
            let values: Vec<Value> =
                list(row, "values").iter().map(|raw| value(raw.as_str().unwrap_or_default())).collect();
            let steps = series::running_total(&values, str_of(row, "kpi"), &unit(str_of(row, "unit")));
            for step in steps.unwrap_or_default() {
                if step.adds_up() {
                    right += 1;
                } else {
                    wrong.push((str_of(plan, "org"), index as u64, show_number(step.expected())));
                }
            }
        }
    }
    let expected: Vec<_> = list(&facts["running_totals"], "steps_that_do_not")
        .iter()
        .map(|fact| {
            (str_of(fact, "org"), fact["row"].as_u64().unwrap(), str_of(fact, "should_be").to_owned())
        })
        .collect();
    assert_eq!(wrong, expected);
    // The expected data counts 171; four more start from a blank or from two years without a value.
    assert_eq!(right, 175);
}

#[test]
fn children_and_parents_of_the_real_book_agree_where_they_do() {
    let (plans, facts) = (truth("plans.json"), truth("facts.json"));
    let row = |org: &str, row: &Json| {
        let plan = plans.as_array().unwrap().iter().find(|plan| str_of(plan, "org") == org).unwrap();
        plan["rows"][row.as_u64().unwrap() as usize].clone()
    };
    for kind in ["agree", "differ", "differ_additive", "differ_organisation_specific"] {
        for fact in list(&facts["child_parent_values"], kind) {
            let child = row(str_of(fact, "child"), &fact["child_row"]);
            let parent = row(str_of(fact, "parent"), &fact["parent_row"]);
            for (year, result) in ["2007", "2008", "2009", "2010"].iter().enumerate() {
                let (a, b) = (str_of_index(&child, year), str_of_index(&parent, year));
                let agrees = value(a).agrees(
                    &unit(str_of(&child, "unit")),
                    &value(b),
                    &unit(str_of(&parent, "unit")),
                    0.0,
                );
                let result = &fact["years"][result];
                let expected = result.as_str().or(result["result"].as_str()).unwrap();
                // A new KPI has words where its parent has a dash: words count as a value.
                if expected != "agree (both missing)" {
                    assert_eq!(agrees, expected.starts_with("agree"), "{a} | {b}");
                }
            }
        }
    }
    for kind in ["agree", "mismatch"] {
        for fact in list(&facts["child_parent_targets"], kind) {
            let (own, cited) = (str_of(fact, "parent_v2009"), str_of(fact, "printed_target"));
            let cites = value(own).is_cited_as(&unit(str_of(fact, "parent_unit")), &value(cited), 0.0);
            assert_eq!(cites, kind == "agree", "{own} cited as {cited}");
        }
    }
}

fn str_of_index(row: &Json, index: usize) -> &str {
    row["values"][index].as_str().unwrap_or_default()
}

#[test]
fn only_words_stay_words_in_the_real_book() {
    let plans = truth("plans.json");
    let mut words: Vec<String> = Vec::new();
    for row in plans.as_array().unwrap().iter().flat_map(|plan| list(plan, "rows")) {
        for raw in list(row, "values").iter().chain([&row["parent_target"]]) {
            let raw = raw.as_str().unwrap_or_default();
            if let Meaning::State(_, None) = value(raw).meaning {
                words.push(raw.to_owned());
            }
        }
    }
    words.sort();
    words.dedup();
    let with_digits: Vec<&String> =
        words.iter().filter(|raw| raw.contains(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(with_digits, ["3개년 계획수립", "4개년 계획수립"]);
}
