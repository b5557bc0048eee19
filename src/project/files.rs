//! The workbooks of a plan-year folder.
