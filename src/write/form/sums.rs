//! Formulas for the weights: the sum, each perspective's sum, and remarks on them.

use rust_xlsxwriter::Format;

use super::sheet::PlanSheet;
use super::words;
use crate::plan::Field;
use crate::plan::value::show_number;
use crate::source::{CellRange, CellRef};
use crate::workbook::range::{in_column, in_row};
use crate::workbook::{self, CellFormat, CellStyle, Formula};

impl PlanSheet<'_> {
    pub(super) fn sums(&mut self) -> workbook::Result {
        let (Some(kpi), Some(weight)) = (self.layout.col(Field::Kpi), self.layout.col(Field::Weight)) else {
            return Ok(());
        };
        self.hint()?;
        self.total(kpi, weight)?;
        self.perspectives(weight)
    }

    fn hint(&mut self) -> workbook::Result {
        let (row, last) = (self.rows.hint, self.layout.last());
        // Not in the first column: a lone text there would be read as a perspective.
        self.locked(in_row(row, 0..=0), "", CellStyle::SubBand, CellFormat::Text(0))?;
        let text = words::more_rows(self.paper.lang);
        self.locked(in_row(row, 1..=last), text, CellStyle::Muted, CellFormat::Text(0))
    }

    /// The sum of all weights, and a text on what is missing: once below the table and once at its top.
    fn total(&mut self, kpi: u16, weight: u16) -> workbook::Result {
        let lang = self.paper.lang;
        let (row, last) = (self.rows.total, self.layout.last());
        let sum = round(self.next.plan.rows.iter().filter_map(|own| own.weight.percent).sum());
        let total = words::names(lang).total;
        self.locked(in_row(row, 0..=kpi), total, CellStyle::SubBand, CellFormat::Centre)?;
        let bold = self.format(CellStyle::SubBand, CellFormat::Centre, false);
        let formula = Formula::new(format!("SUM({})", self.whole(weight)), show_number(sum));
        let cell = CellRef::new(row, weight);
        let [fine, before, after, short, above] = words::weights(lang);
        let state =
            if sum == 100.0 { fine.to_owned() } else { format!("{before}{}{after}", show_number(sum)) };
        let gap = show_number(round((100.0 - sum).abs()));
        let lacks = match sum {
            100.0 => "✓".to_owned(),
            less if less < 100.0 => format!("{gap}{short}"),
            _ => format!("{gap}{above}"),
        };
        let told = format!(
            "IF(ROUND({cell},2)=100,\"✓\",ROUND(ABS(100-{cell}),2)&IF({cell}<100,\"{short}\",\"{above}\"))"
        );
        // The text is beside the sum, before it if there is room.
        let sides = [kpi + 1..=weight.saturating_sub(1), weight + 1..=last];
        let mut told = Some(Formula::new(told, lacks));
        for side in sides.into_iter().filter(|side| !side.is_empty()) {
            let area = in_row(row, side);
            self.locked(area, "", CellStyle::SubBand, CellFormat::Centre)?;
            if let Some(told) = told.take() {
                self.formula(in_row(row, area.first.col..=area.first.col), told, &bold)?;
            }
        }
        self.formula(in_row(row, weight..=weight), formula, &bold)?;
        let head = format!("IF(ROUND({cell},2)=100,\"{fine}\",\"{before}\"&ROUND({cell},2)&\"{after}\")");
        self.formula(in_row(1, kpi + 1..=last), Formula::new(head, state), &bold)
    }

    /// The sum of each perspective's weights, beside it. A blank cell belongs to the perspective above, so the
    /// formula looks up the last name at or above each row: it also holds for rows inserted later.
    fn perspectives(&mut self, weight: u16) -> workbook::Result {
        let Some(col) = self.layout.col(Field::Perspective) else { return Ok(()) };
        let [differs, after] = words::perspective_weight(self.paper.lang);
        let names = self.whole(col);
        let weights = self.whole(weight);
        let format = self.format(CellStyle::Body, CellFormat::Centre, true);
        let rows = &self.next.plan.rows;
        // One sum for neighbouring rows of one name, printed once or on each row.
        let mut end = self.rows.body;
        for run in rows.chunk_by(|a, b| a.perspective.text.text == b.perspective.text.text) {
            let first = end;
            end += u32::try_from(run.len()).unwrap_or(u32::MAX / 4);
            let last = end - 1;
            let own = &run[0].perspective;
            let name = CellRef::new(first, col);
            let same = self.next.plan.rows.iter().filter(|row| row.perspective.text.text == own.text.text);
            let sum = round(same.filter_map(|row| row.weight.percent).sum());
            let formula = format!(
                "SUMPRODUCT(--(LOOKUP(ROW({names}),ROW({names})/({names}<>\"\"),{names})={name}),{weights})"
            );
            let area = in_column(self.reference.sum, &(first..=last));
            self.formula(area, Formula::new(formula, show_number(sum)), &format)?;

            let cell = CellRef::new(first, self.reference.sum);
            let printed = format!(
                "VALUE(SUBSTITUTE(SUBSTITUTE(MID({name},FIND(\"(\",{name})+1,9),\")\",\"\"),\"%\",\"\"))"
            );
            let told = format!(
                "IFERROR(IF(ROUND({cell}-{printed},2)=0,\"✓\",\"{differs}\"&{printed}&\"{after}\"),\"-\")"
            );
            // The formula understands only round brackets.
            let weight = own
                .weight
                .filter(|_| own.text.text.matches('(').count() == 1 && own.text.text.ends_with(')'));
            let result = match weight {
                Some(weight) if round(sum - weight) == 0.0 => "✓".to_owned(),
                Some(weight) => format!("{differs}{}{after}", show_number(weight)),
                None => "-".to_owned(),
            };
            let area = in_column(self.reference.check, &(first..=last));
            self.formula(area, Formula::new(told, result), &format)?;
        }
        Ok(())
    }

    /// Writes a formula into cells, merged where they are several.
    fn formula(&mut self, area: CellRange, formula: Formula, format: &Format) -> workbook::Result {
        let CellRange { first, last } = area;
        if first != last {
            self.worksheet.merge_range(first.row, first.col, last.row, last.col, "", format)?;
        }
        let formula = rust_xlsxwriter::Formula::new(formula.text).set_result(formula.result);
        self.worksheet.write_formula_with_format(first.row, first.col, formula, format)?;
        Ok(())
    }
}

/// Rounds off binary fraction errors.
fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
