//! Why forms cannot be made.

use std::sync::Arc;

use rust_xlsxwriter::XlsxError;

use crate::files::WriteError;

/// Forms cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// No plan states its year, and none was requested.
    #[error("no plan tells its year")]
    NoYear,
    /// The requested year is before the plan year, or not a plan year.
    #[error("{asked} is no year after the plan year {plan_year}")]
    Year {
        /// The requested year.
        asked: i32,
        /// The plan year.
        plan_year: i32,
    },
    /// There is no plan of this organisation.
    #[error("there is no plan of {name}")]
    UnknownOrg {
        /// The name as it was given.
        name: String,
        /// The organisations that may be meant.
        near: Vec<Arc<str>>,
    },
    /// There is no plan of the organisation that is to be the parent.
    #[error("there is no plan of {name}, which is to be the parent")]
    UnknownParent {
        /// The name as it was given.
        name: String,
        /// The organisations that may be meant.
        near: Vec<Arc<str>>,
        /// The city, which may be the parent too.
        city: Arc<str>,
    },
    /// An empty form was requested for an organisation that has a plan.
    #[error("{0} has a plan")]
    HasPlan(Arc<str>),
    /// A workbook cannot be built.
    #[error("{file} cannot be put together: {source}")]
    Workbook {
        /// Its name.
        file: String,
        /// Why not.
        source: XlsxError,
    },
    /// A workbook cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}
