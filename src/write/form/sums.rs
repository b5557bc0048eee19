//! The weights as they are filled in: their sum and each perspective's, by formula, and what is said of them.

use rust_xlsxwriter::{Format, Formula, XlsxError};

use super::sheet::PlanSheet;
use super::words;
use crate::plan::Field;
use crate::plan::value::show_number;
use crate::source::CellRef;
use crate::workbook::{CellFormat, CellStyle};

impl PlanSheet<'_> {
    pub(super) fn sums(&mut self) -> Result<(), XlsxError> {
        let (Some(kpi), Some(weight)) = (self.layout.col(Field::Kpi), self.layout.col(Field::Weight)) else {
            return Ok(());
        };
        self.hint()?;
        self.total(kpi, weight)?;
        self.perspectives(weight)
    }

    fn hint(&mut self) -> Result<(), XlsxError> {
        let (row, last) = (self.rows.hint, self.layout.last());
        // Not in the first column: a text that stands there alone would be read as a perspective.
        self.block(row, 0, row, 0, "", CellStyle::SubBand, CellFormat::Text(0), false)?;
        let text = words::more_rows(self.paper.lang);
        self.block(row, 1, row, last, text, CellStyle::Muted, CellFormat::Text(0), false)
    }

    /// The sum of all weights, and in words what it lacks; once below the table and once at its head.
    fn total(&mut self, kpi: u16, weight: u16) -> Result<(), XlsxError> {
        let lang = self.paper.lang;
        let (row, last) = (self.rows.total, self.layout.last());
        let sum = round(self.next.plan.rows.iter().filter_map(|own| own.weight.percent).sum());
        self.block(
            row,
            0,
            row,
            kpi,
            words::names(lang).total,
            CellStyle::SubBand,
            CellFormat::Centre,
            false,
        )?;
        let bold = self.format(CellStyle::SubBand, CellFormat::Centre, false);
        let formula = Formula::new(format!("SUM({})", self.whole(weight))).set_result(show_number(sum));
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
        let told = Formula::new(format!(
            "IF(ROUND({cell},2)=100,\"✓\",ROUND(ABS(100-{cell}),2)&IF({cell}<100,\"{short}\",\"{above}\"))"
        ))
        .set_result(lacks);
        // What it says stands beside the sum, before it where there is room.
        let sides = [(kpi + 1, weight.saturating_sub(1)), (weight + 1, last)];
        let mut sides = sides.into_iter().filter(|(first, last)| first <= last);
        if let Some((first, last)) = sides.next() {
            self.block(row, first, row, last, "", CellStyle::SubBand, CellFormat::Centre, false)?;
            self.worksheet.write_formula_with_format(row, first, told, &bold)?;
        }
        for (first, last) in sides {
            self.block(row, first, row, last, "", CellStyle::SubBand, CellFormat::Centre, false)?;
        }
        self.worksheet.write_formula_with_format(row, weight, formula, &bold)?;
        let head = format!("IF(ROUND({cell},2)=100,\"{fine}\",\"{before}\"&ROUND({cell},2)&\"{after}\")");
        let head = Formula::new(head).set_result(state);
        self.merge_formula((1, 1), (kpi + 1, last), head, &bold)
    }

    /// Beside each perspective the sum of its weights. A blank cell belongs to the perspective above, so the formula looks up
    /// for each row the last name at or above it: it holds for rows inserted later, too.
    fn perspectives(&mut self, weight: u16) -> Result<(), XlsxError> {
        let Some(col) = self.layout.col(Field::Perspective) else { return Ok(()) };
        let [differs, after] = words::perspective_weight(self.paper.lang);
        let names = self.whole(col);
        let weights = self.whole(weight);
        let sum_format = self.format(CellStyle::Body, CellFormat::Centre, true);
        let check_format = self.format(CellStyle::Body, CellFormat::Centre, true);
        let rows = &self.next.plan.rows;
        // One sum for neighbours of one name, whether it is printed once or on each row.
        let mut end = self.rows.body;
        for run in rows.chunk_by(|a, b| a.perspective.text.text == b.perspective.text.text) {
            let first = end;
            end += u32::try_from(run.len()).unwrap_or(u32::MAX / 4);
            let last = end - 1;
            let own = &run[0].perspective;
            let name = CellRef::new(first, col);
            let same = self.next.plan.rows.iter().filter(|row| row.perspective.text.text == own.text.text);
            let sum = round(same.filter_map(|row| row.weight.percent).sum());
            let formula = Formula::new(format!(
                "SUMPRODUCT(--(LOOKUP(ROW({names}),ROW({names})/({names}<>\"\"),{names})={name}),{weights})"
            ));
            let formula = formula.set_result(show_number(sum));
            self.merge_formula((first, last), (self.beside.sum, self.beside.sum), formula, &sum_format)?;

            let cell = CellRef::new(first, self.beside.sum);
            let printed = format!(
                "VALUE(SUBSTITUTE(SUBSTITUTE(MID({name},FIND(\"(\",{name})+1,9),\")\",\"\"),\"%\",\"\"))"
            );
            let told = Formula::new(format!(
                "IFERROR(IF(ROUND({cell}-{printed},2)=0,\"✓\",\"{differs}\"&{printed}&\"{after}\"),\"-\")"
            ));
            // Only round brackets are understood by the formula.
            let weight = own
                .weight
                .filter(|_| own.text.text.matches('(').count() == 1 && own.text.text.ends_with(')'));
            let result = match weight {
                Some(weight) if round(sum - weight) == 0.0 => "✓".to_owned(),
                Some(weight) => format!("{differs}{}{after}", show_number(weight)),
                None => "-".to_owned(),
            };
            let told = told.set_result(result);
            self.merge_formula((first, last), (self.beside.check, self.beside.check), told, &check_format)?;
        }
        Ok(())
    }

    fn merge_formula(
        &mut self,
        (top, bottom): (u32, u32),
        (left, right): (u16, u16),
        formula: Formula,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if (top, left) != (bottom, right) {
            self.worksheet.merge_range(top, left, bottom, right, "", format)?;
        }
        self.worksheet.write_formula_with_format(top, left, formula, format)?;
        Ok(())
    }
}

/// Without what binary fractions leave over.
fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
