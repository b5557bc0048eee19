//! Why forms cannot be made.

use std::sync::Arc;

use rust_xlsxwriter::XlsxError;

use crate::files::WriteError;

/// Forms cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// No plan tells its year, and none was asked for.
    #[error("no plan tells its year")]
    NoYear,
    /// The year asked for is before the plan year, or none that plans have.
    #[error("{asked} is no year after the plan year {plan_year}")]
    Year {
        /// The year asked for.
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
    /// An empty form was asked for an organisation that has a plan.
    #[error("{0} has a plan")]
    HasPlan(Arc<str>),
    /// A workbook cannot be put together.
    #[error("{file} cannot be put together: {source}")]
    Workbook {
        /// Its name.
        file: String,
        /// Why not.
        source: XlsxError,
    },
    /// A workbook cannot be put in its place.
    #[error(transparent)]
    Write(#[from] WriteError),
}
