//! Cell rules of a form: drop-down lists, messages, and conditional colours.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula,
};

use super::lists::List;
use super::next::KnownValues;
use super::sheet::PlanSheet;
use super::words;
use crate::plan::{Field, YearKind};
use crate::source::{CellRange, CellRef};
use crate::workbook;
use crate::workbook::range::{Fixed, area, cell, in_column, in_row};

/// The longest title and text of a message, in characters.
const TITLE: usize = 32;
const MESSAGE: usize = 255;

impl PlanSheet<'_> {
    pub(super) fn validations(&mut self) -> workbook::Result {
        for (col, field) in (0..).zip(self.layout.columns.clone()) {
            let rule = match field {
                Field::ParentObjective => self.choice(&List::Objectives(self.next.parent.clone())),
                Field::ParentKpi => self.choice(&List::Kpis(self.next.parent.clone())),
                Field::Kpi => self.choice(&List::CommonKpis),
                Field::Unit => self.choice(&List::Units),
                Field::Weight => Some(self.weight()?),
                _ => None,
            };
            if let Some(rule) = rule {
                self.worksheet.add_data_validation(self.rows.body, col, self.rows.hint - 1, col, &rule)?;
            }
        }
        self.former_targets()
    }

    /// A drop-down list; other entries are accepted.
    fn choice(&self, list: &List) -> Option<DataValidation> {
        let range = self.paper.lists.range(list)?;
        let rule = DataValidation::new().allow_list_formula(Formula::new(range));
        Some(rule.show_error_message(false))
    }

    fn weight(&self) -> workbook::Result<DataValidation> {
        let lang = self.paper.lang;
        let text = lang.pick(
            "비중은 0보다 크고 100 이하인 숫자로, % 없이 적습니다. 그대로 두겠습니까?",
            "A weight is a number above 0 and up to 100, without %. Keep it all the same?",
        );
        DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(0.5, 100.0))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(lang.pick("비중", "Weight"))?
            .set_error_message(text)
    }

    /// The former target as a message on the cell for the actual. Its cell beside the table is not to be
    /// edited, but stays unlocked so that its row can be deleted.
    fn former_targets(&mut self) -> workbook::Result {
        let lang = self.paper.lang;
        let targets = self.reference.targets.clone();
        for (at, _) in targets {
            let column = &self.next.plan.years[at];
            let KnownValues::Targets(values) = &self.next.columns[at] else { continue };
            let Some(col) = self.layout.col(Field::Year(column.year)) else { continue };
            if column.kind != Some(YearKind::Actual) {
                continue;
            }
            for ((row, own), value) in (self.rows.body..).zip(&self.next.plan.rows).zip(values) {
                if value.text.is_empty() {
                    continue;
                }
                let (title, text) =
                    words::former_target_message(column.year, &value.text.text, &own.unit.text.text, lang);
                let rule = DataValidation::new()
                    .allow_any_value()
                    .set_input_title(short(&title, TITLE))?
                    .set_input_message(short(&text, MESSAGE))?;
                self.worksheet.add_data_validation(row, col, row, col, &rule)?;
            }
        }
        let closed = DataValidation::new()
            .allow_custom(Formula::new("FALSE"))
            .ignore_blank(false)
            .set_error_title(words::names(lang).aside)?
            .set_error_message(lang.pick(
                "참고로 보여 주는 칸입니다. 표 안의 칸에 적으십시오.",
                "This cell is for reference. Please write into the table.",
            ))?;
        let (first, last) = (self.layout.last() + 2, self.reference.check);
        self.worksheet.add_data_validation(self.rows.body, first, self.rows.hint - 1, last, &closed)?;
        Ok(())
    }

    pub(super) fn conditions(&mut self) -> workbook::Result {
        let formats = self.paper.formats;
        let (Some(kpi), Some(weight)) = (self.layout.col(Field::Kpi), self.layout.col(Field::Weight)) else {
            return Ok(());
        };
        let total = cell(CellRef::new(self.rows.total, weight), Fixed::Both);
        let (wrong, right) = (format!("ROUND({total},2)<>100"), format!("ROUND({total},2)=100"));
        let last = self.layout.last();
        for row in [self.rows.total, 1] {
            let area = in_row(row, kpi + 1..=last);
            self.when(area, &wrong, &formats.wrong)?;
            self.when(area, &right, &formats.right)?;
        }
        let check = cell(CellRef::new(self.rows.body, self.reference.check), Fixed::Column);
        let sums = area(&(self.rows.body..=self.rows.hint - 1), self.reference.sum..=self.reference.check);
        self.when(sums, &format!("LEN({check})>1"), &formats.wrong)?;
        self.open_cells(kpi)
    }

    /// Yellow while a cell is empty, blue while it still has the proposed value.
    fn open_cells(&mut self, kpi: u16) -> workbook::Result {
        let (formats, first) = (self.paper.formats, self.rows.body);
        let body = first..=self.rows.hint - 1;
        let name = cell(CellRef::new(first, kpi), Fixed::Column);
        for (col, field) in (0..).zip(self.layout.columns.clone()) {
            let own = CellRef::new(first, col);
            let to_fill = match field {
                Field::Year(year) => {
                    let at = self.next.plan.year_index(year);
                    at.is_some_and(|at| self.next.columns[at] != KnownValues::Actuals)
                }
                Field::Unit | Field::Weight => true,
                Field::Objective
                | Field::Kpi
                | Field::ParentObjective
                | Field::ParentKpi
                | Field::ParentTarget => self.next.blank,
                _ => false,
            };
            if !to_fill {
                continue;
            }
            // On an empty form every row is coloured; elsewhere a row once it has a KPI.
            let (rows, condition) = if self.next.blank {
                (first..=self.rows.spare - 1, format!("LEN(TRIM({own}))=0"))
            } else {
                (body.clone(), format!("AND(LEN(TRIM({name}))>0,LEN(TRIM({own}))=0)"))
            };
            self.when(in_column(col, &rows), &condition, &formats.entry)?;
        }
        let targets = self.reference.targets.clone();
        for (at, beside) in targets {
            let year = self.next.plan.years[at].year;
            let Some(col) = self.layout.col(Field::Year(year)) else { continue };
            let (own, former) = (CellRef::new(first, col), CellRef::new(first, beside));
            let condition = format!("AND(LEN({own})>0,{own}={former})");
            self.when(in_column(col, &body), &condition, &formats.proposed)?;
        }
        Ok(())
    }

    fn when(&mut self, area: CellRange, condition: &str, format: &Format) -> workbook::Result {
        let CellRange { first, last } = area;
        let rule = ConditionalFormatFormula::new().set_rule(Formula::new(condition)).set_format(format);
        self.worksheet.add_conditional_format(first.row, first.col, last.row, last.col, &rule)?;
        Ok(())
    }
}

/// `text` cut to `most` characters, as messages count them.
fn short(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < most
    });
    kept.chain(['…']).collect()
}
