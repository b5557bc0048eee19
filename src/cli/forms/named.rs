//! The names of forms.

use planbook::project::Config;
use planbook::read::forms::FormMet;

use crate::cli::ui::Ui;

/// A form met, with the name it has in messages and gets in planbook.toml.
pub struct Named {
    pub name: String,
    pub form: FormMet,
}

/// The forms with their names: those of planbook.toml, and numbers that are free there.
pub fn named(forms: Vec<FormMet>, config: &Config, ui: &Ui) -> Vec<Named> {
    let is_taken = |name: &str| config.forms.iter().any(|form| form.name == name);
    let numbers = (1..).map(|number: usize| ui.lang.pick(format!("서식 {number}"), format!("Form {number}")));
    let mut free = numbers.filter(|name| !is_taken(name));
    let name = |form: &FormMet| form.taught.as_ref().map(|name| name.to_string());
    let name = |form: &FormMet, free: &mut dyn Iterator<Item = String>| name(form).or_else(|| free.next());
    forms.into_iter().map(|form| Named { name: name(&form, &mut free).unwrap_or_default(), form }).collect()
}
