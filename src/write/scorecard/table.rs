//! The first sheet: the plan's table, where users enter results and formulas compute achievement, score and
//! grade.

mod head;

use std::ops::{Range, RangeInclusive};

use rust_xlsxwriter::{
    ConditionalFormatCustomIcon, ConditionalFormatDataBar, ConditionalFormatFormula,
    ConditionalFormatIconSet, ConditionalFormatIconType, ConditionalFormatType, DataValidation,
    DataValidationRule, Format, IgnoreError, Sparkline,
};

use super::columns::{BODY, CardColumns, HEAD, MARKS};
use super::formulas::{self, Sums};
use super::input::{CardInput, CardRow};
use super::places::CardPlaces;
use super::{findings, words};
use crate::plan::value::Value;
use crate::plan::{Beside, Indicator};
use crate::read::ScorecardForm;
use crate::score::rules;
use crate::score::{self, Entered, Tally, TargetRule, groups};
use crate::source::CellRef;
use crate::workbook::link::internal;
use crate::workbook::range::in_column;
use crate::workbook::{self, Cell, CellFormat, CellStyle, Sheet, color, number_in};

/// A column whose equal texts share a cell.
enum Merged<'a> {
    /// A column of every plan.
    Of(fn(&Indicator) -> &str),
    /// A level above the objective.
    Level(&'a Beside),
}

impl Merged<'_> {
    fn text<'r>(&self, row: &'r Indicator) -> &'r str {
        match self {
            Self::Of(text) => text(row),
            Self::Level(level) => level.text(row).map_or("", |text| &text.text),
        }
    }
}

pub(super) fn fill(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let (places, lang) = (CardPlaces::of(input), input.lang);
    sheet.set_widths(input.columns.all.iter().map(|column| column.width))?;
    head::fill(input, sheet)?;
    for (group, place) in groups(input.plan).into_iter().zip(&places.groups) {
        fill_group(input, sheet, &places, group.clone())?;
        let line = SumsLine {
            name: &input.plan.rows[group.start].perspective.text.text,
            word: lang.pick("소계", "Subtotal"),
            style: CellStyle::SubBand,
            rows: &place.kpis,
            is_whole: false,
        };
        let tally = score::tally(input.rows[group].iter().map(|row| &row.score));
        fill_sums(input, sheet, place.sums, &line, &tally)?;
        sheet.worksheet.group_rows(*place.kpis.start(), *place.kpis.end())?;
    }
    if let Some(last) = places.total.checked_sub(1).filter(|last| *last >= BODY) {
        let (name, rows) = (lang.pick("합계", "Total"), &(BODY..=last));
        let line = SumsLine { name, word: "", style: CellStyle::Band, rows, is_whole: true };
        let tally = score::tally(input.rows.iter().map(|row| &row.score));
        fill_sums(input, sheet, places.total, &line, &tally)?;
        signals(input, sheet, last)?;
    }
    fill_notes(input, sheet, places.total + 2)?;
    let worksheet = &mut *sheet.worksheet;
    worksheet.set_row_hidden(MARKS)?.set_column_hidden(input.columns.key)?;
    worksheet.set_freeze_panes(BODY, input.columns.kpi + 1)?.set_repeat_rows(HEAD.0, HEAD.1)?;
    worksheet.set_print_area(0, 0, places.total + 2 + notes(input), input.columns.findings)?;
    if let Some(&first) = places.kpis.first() {
        worksheet.set_selection(first, input.columns.result, first, input.columns.result)?;
        // Citations and values are kept as the department wrote them, and may look like numbers.
        worksheet.ignore_error_range(
            first,
            0,
            places.total,
            input.columns.findings,
            IgnoreError::NumberStoredAsText,
        )?;
    }
    Ok(())
}

/// The rows of a perspective.
fn fill_group(
    input: &CardInput<'_>,
    sheet: &mut Sheet<'_>,
    places: &CardPlaces,
    group: Range<usize>,
) -> workbook::Result {
    let columns = &input.columns;
    let (start, rows) = (group.start, &input.plan.rows[group.clone()]);
    let merge = |sheet: &mut Sheet<'_>, texts: &[(u16, Merged<'_>)], style: CellStyle| -> workbook::Result {
        for (number, (col, text)) in texts.iter().enumerate() {
            let same = |a: &Indicator, b: &Indicator| {
                texts[..=number].iter().all(|(_, text)| text.text(a) == text.text(b))
            };
            let mut from = 0;
            for at in 1..=rows.len() {
                if at == rows.len() || !same(&rows[from], &rows[at]) {
                    let over = in_column(*col, &(places.kpis[start + from]..=places.kpis[start + at - 1]));
                    sheet.merged(over, text.text(&rows[from]), style, CellFormat::Text(0))?;
                    from = at;
                }
            }
        }
        Ok(())
    };
    merge(sheet, &[(columns.perspective, Merged::Of(|row| &row.perspective.text.text))], CellStyle::Strong)?;
    // An objective belongs to its levels, a cited KPI to the cited objective, a cited target to the cited KPI.
    let levels = columns.levels.iter().map(|(level, col)| (*col, Merged::Level(level)));
    let objective = (columns.objective, Merged::Of(|row| &row.objective.text));
    merge(sheet, &levels.chain([objective]).collect::<Vec<_>>(), CellStyle::Body)?;
    if let Some([objective, kpi, target]) = columns.parent {
        let cited = [
            (objective, Merged::Of(|row| &row.parent_objective.text)),
            (kpi, Merged::Of(|row| &row.parent_kpi.text)),
            (target, Merged::Of(|row| &row.parent_target.text.text)),
        ];
        merge(sheet, &cited, CellStyle::Body)?;
    }
    for index in group {
        fill_row(input, sheet, places.kpis[index], &input.rows[index])?;
    }
    Ok(())
}

fn fill_row(input: &CardInput<'_>, sheet: &mut Sheet<'_>, at: u32, row: &CardRow<'_>) -> workbook::Result {
    let (columns, own) = (&input.columns, &input.plan.rows[row.id.row]);
    sheet.put(at, columns.kpi, Cell::text(&own.kpi.text).strong())?;
    sheet.put(at, columns.unit, Cell::text(&own.unit.text.text).centred())?;
    sheet.put(at, columns.weight, Cell::value(&own.weight.text.text))?;
    for ((value, &col), year) in own.values.iter().zip(&columns.years).zip(&input.plan.years) {
        let is_planned = year.year == input.city.year;
        sheet.put(at, col, Cell::value(&value.text.text).styled_if(is_planned, CellStyle::Strong))?;
    }
    sheet.put(at, columns.trend, Cell::blank().centred())?;
    fill_trend(input, sheet, at, &own.values)?;
    let points = is_share(own);
    let change = formulas::change(input, row, at, points).map_or_else(
        || Cell::blank().centred(),
        |change| {
            let format = if points { CellFormat::Points } else { CellFormat::Change };
            Cell::formula(change, format).muted()
        },
    );
    sheet.put(at, columns.change, change)?;
    fill_result(input, sheet, at, row)?;
    let score = Cell::formula(formulas::score(input, row, at), CellFormat::Score);
    sheet.put(at, columns.score, score.strong())?;
    let grade = formulas::grade(columns, at, &row.score.grade);
    sheet.put(at, columns.grade, Cell::formula(grade, CellFormat::Centre).strong())?;
    sheet.put(at, columns.how, Cell::text(&words::how(input, row)).muted())?;
    sheet.put(at, columns.code, Cell::text(&own.initiatives.text.text).centred())?;
    for &(field, col) in &columns.optional {
        let text = own.text_of(field, &input.plan.years).map_or("", |text| &text.text);
        sheet.put(at, col, Cell::text(text).centred())?;
    }
    for (column, col) in &columns.periods {
        sheet.put(at, *col, Cell::value(column.text(own).map_or("", |text| &text.text)))?;
    }
    for (column, col) in &columns.kept {
        sheet.put(at, *col, Cell::text(column.text(own).map_or("", |text| &text.text)))?;
    }
    fill_findings(input, sheet, at, row.id.row)?;
    let key = input.ids.key(row.id);
    sheet.worksheet.write_string(at, columns.key, ScorecardForm::row(&key.id, &key.state))?;
    Ok(())
}

/// The sparkline of the years' numbers.
fn fill_trend(input: &CardInput<'_>, sheet: &mut Sheet<'_>, at: u32, values: &[Value]) -> workbook::Result {
    let (Some(&first), Some(&last)) = (input.columns.years.first(), input.columns.years.last()) else {
        return Ok(());
    };
    if values.iter().filter(|value| number_in(&value.text.text).is_some()).count() < 2 {
        return Ok(());
    }
    let line = Sparkline::new()
        .set_range((sheet.name.as_str(), at, first, at, last))
        .set_sparkline_color(color(input.formats.style.accent))
        .show_last_point(true)
        .set_last_point_color(color(input.formats.style.reached));
    sheet.worksheet.add_sparkline(at, input.columns.trend, &line)?;
    Ok(())
}

/// Result and achievement: cells that a person fills in are unlocked, the others are formulas.
fn fill_result(input: &CardInput<'_>, sheet: &mut Sheet<'_>, at: u32, row: &CardRow<'_>) -> workbook::Result {
    let columns = &input.columns;
    let open = sheet.formats.cell(CellStyle::Input, CellFormat::General);
    match row.entry.and_then(|entry| entry.result.as_ref()) {
        Some(Entered::Number(number)) => {
            sheet.worksheet.write_number_with_format(at, columns.result, *number, open)?;
        }
        Some(Entered::Text(text)) => {
            sheet.put(at, columns.result, Cell::text(text).styled(CellStyle::Input).centred())?;
        }
        None => {
            sheet.worksheet.write_blank(at, columns.result, open)?;
        }
    }
    let own = &input.plan.rows[row.id.row];
    sheet.worksheet.add_data_validation(at, columns.result, at, columns.result, &rule(input, row, own)?)?;
    match formulas::achievement(input, row, at).filter(|_| row.score.given.is_none()) {
        Some(formula) => {
            sheet.put(at, columns.achievement, Cell::formula(formula, CellFormat::Percent).strong())
        }
        None => fill_achievement(input, sheet, at, row),
    }
}

/// An achievement that a person enters, exactly as typed, so that a query of `score` about it is raised
/// again.
fn fill_achievement(
    input: &CardInput<'_>,
    sheet: &mut Sheet<'_>,
    at: u32,
    row: &CardRow<'_>,
) -> workbook::Result {
    let col = input.columns.achievement;
    let given = row.entry.and_then(|entry| entry.given.as_ref()).filter(|_| row.score.given.is_some());
    let in_percent = given.is_none_or(|given| given.text.contains(['%', '％']));
    let format = if in_percent { CellFormat::FullShare } else { CellFormat::General };
    let format = sheet.formats.cell(CellStyle::Input, format);
    match given.map(|given| (given.share, &given.text)) {
        Some((Some(share), _)) => {
            sheet.worksheet.write_number_with_format(at, col, share, format)?;
        }
        Some((None, words)) => {
            sheet.put(at, col, Cell::text(words).styled(CellStyle::Input).centred())?;
        }
        None => {
            sheet.worksheet.write_blank(at, col, format)?;
        }
    }
    let (least, most) = (input.rules.floor / 100.0, input.rules.cap / 100.0);
    let message = input.lang.pick(
        format!("달성률을 %로 적으십시오 (예: 95%). {}%까지 됩니다.", input.rules.cap),
        format!("Enter the achievement in percent (such as 95%), at most {}%.", input.rules.cap),
    );
    let rule = DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(least, most))
        .set_input_message(&message)?
        .set_error_message(&message)?;
    sheet.worksheet.add_data_validation(at, col, at, col, &rule)?;
    Ok(())
}

/// Whether the row's values are shares in percent.
fn is_share(row: &Indicator) -> bool {
    row.unit.text.text.trim() == "%" || row.unit.text.text.trim() == "％"
}

/// The validation rule for a result.
fn rule(input: &CardInput<'_>, row: &CardRow<'_>, own: &Indicator) -> workbook::Result<DataValidation> {
    let lang = input.lang;
    let unit = &own.unit.text.text;
    let numbers = || own.values.iter().filter_map(Value::amount);
    if let TargetRule::Manual(_) = row.measure.rule {
        let message = lang.pick(
            "결과를 글이나 숫자로 적고, 달성률은 오른쪽 칸에 직접 적으십시오.",
            "Enter the result in words or numbers, and the achievement in the cell to the right.",
        );
        return DataValidation::new().allow_any_value().set_input_message(message);
    }
    let share = is_share(own) && numbers().all(|number| (0.0..=100.0).contains(&number));
    let negative = numbers().any(|number| number < 0.0) || matches!(row.measure.rule, TargetRule::Within(_));
    let (rule, message) = if share {
        let message = lang.pick(
            "0부터 100까지의 숫자를 % 없이 적으십시오 (예: 97.5).",
            "Enter a number from 0 to 100 without % (such as 97.5).",
        );
        (DataValidationRule::Between(0.0, 100.0), message.to_owned())
    } else if negative {
        let message = lang.pick("숫자를 적으십시오.", "Enter a number.");
        (DataValidationRule::Between(-1e15, 1e15), message.to_owned())
    } else {
        let words = lang.pick(
            format!("0 이상의 숫자만 적으십시오. 단위: {unit}"),
            format!("Enter a number, 0 or more. Unit: {unit}"),
        );
        (DataValidationRule::GreaterThanOrEqualTo(0.0), words.chars().take(200).collect())
    };
    DataValidation::new().allow_decimal_number(rule).set_input_message(&message)?.set_error_message(&message)
}

/// The codes of the row's findings, with a link to the first of them.
fn fill_findings(input: &CardInput<'_>, sheet: &mut Sheet<'_>, at: u32, row: usize) -> workbook::Result {
    let of_row = || input.findings.iter().enumerate().filter(|(_, finding)| finding.row == Some(row));
    let mut codes: Vec<&str> = Vec::new();
    for (_, finding) in of_row().filter(|(_, finding)| finding.waived.is_none()) {
        if !codes.contains(&finding.rule.as_str()) {
            codes.push(finding.rule.as_str());
        }
    }
    let first = of_row().find(|(_, finding)| finding.waived.is_none());
    let link = first.map(|(index, _)| internal(&input.sheets()[3], findings::row_of(index)));
    let style = first.map_or(CellStyle::Body, |(_, finding)| CellStyle::Severity(finding.severity));
    sheet.put(at, input.columns.findings, Cell::link(&codes.join(", "), link).styled(style))
}

/// A line of sums: its name and range.
struct SumsLine<'a> {
    name: &'a str,
    word: &'a str,
    style: CellStyle,
    rows: &'a RangeInclusive<u32>,
    /// Whether it is the plan's total, whose range contains the perspectives' lines of sums.
    is_whole: bool,
}

fn fill_sums(
    input: &CardInput<'_>,
    sheet: &mut Sheet<'_>,
    at: u32,
    line: &SumsLine<'_>,
    tally: &Tally,
) -> workbook::Result {
    let columns = &input.columns;
    for col in 0..=columns.findings {
        sheet.put(at, col, Cell::blank().styled(line.style))?;
    }
    let Sums { weight, entered, achievement, score } =
        formulas::sums(input, line.rows, at, tally, line.is_whole);
    let grade = tally.achievement().map_or("", |share| rules::grade(share, input.rules));
    let cells = [
        (columns.perspective, Cell::text(line.name)),
        (columns.objective, Cell::text(line.word)),
        (columns.weight, Cell::formula(weight, CellFormat::General)),
        (columns.how, Cell::formula(entered, CellFormat::Text(0))),
        (columns.achievement, Cell::formula(achievement, CellFormat::Percent)),
        (columns.score, Cell::formula(score, CellFormat::Score)),
        (columns.grade, Cell::formula(formulas::grade(columns, at, grade), CellFormat::Centre)),
    ];
    for (col, cell) in cells {
        sheet.put(at, col, cell.styled(line.style))?;
    }
    sheet.worksheet.write_string(at, columns.key, ScorecardForm::SUM)?;
    Ok(())
}

fn notes(input: &CardInput<'_>) -> u32 {
    u32::try_from(input.plan.footnotes.len()).unwrap_or(0)
}

/// Writes the plan's footnotes below its table.
fn fill_notes(input: &CardInput<'_>, sheet: &mut Sheet<'_>, from: u32) -> workbook::Result {
    for (at, note) in (from..).zip(&input.plan.footnotes) {
        sheet.note(at, &note.text.text)?;
        sheet.worksheet.write_string(at, input.columns.key, ScorecardForm::NOTE)?;
    }
    Ok(())
}

/// Adds bars to the weights, traffic lights to the achievements, and separators to large results. Results
/// have no number format, so that all decimals entered are shown and read again.
fn signals(input: &CardInput<'_>, sheet: &mut Sheet<'_>, last: u32) -> workbook::Result {
    let CardColumns { weight, achievement, result, .. } = input.columns;
    let bars = ConditionalFormatDataBar::new()
        .set_fill_color(color(input.formats.style.band))
        .set_solid_fill(true)
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 100);
    sheet.worksheet.add_conditional_format(BODY, weight, last, weight, &bars)?;
    let first = CellRef::new(BODY, result);
    let large = ConditionalFormatFormula::new()
        .set_rule(
            format!("=IF(ISNUMBER({first}),AND(ABS({first})>=1000,INT({first})={first}),FALSE)").as_str(),
        )
        .set_format(Format::new().set_num_format("#,##0"));
    sheet.worksheet.add_conditional_format(BODY, result, last, result, &large)?;
    // The lights follow the rounded share: from 99.95 % on it is shown as 100.0 %.
    let light = |from: f64| ConditionalFormatCustomIcon::new().set_rule(ConditionalFormatType::Number, from);
    let lights = ConditionalFormatIconSet::new()
        .set_icon_type(ConditionalFormatIconType::ThreeTrafficLights)
        .set_icons(&[light(0.0), light(0.8995), light(0.9995)]);
    sheet.worksheet.add_conditional_format(BODY, achievement, last + 1, achievement, &lights)?;
    Ok(())
}
