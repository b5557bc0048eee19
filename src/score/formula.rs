//! Expressions that are evaluated here and printed as worksheet formulas, so that planbook and a scorecard
//! always calculate the same score.

use std::ops::{Add, Div, Mul, Sub};

/// An operand of an expression: a number when evaluated, a cell in a worksheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// The result of the plan year.
    Result,
    /// The target of the plan year.
    Target,
    /// The last actual before the plan year.
    LastActual,
    /// The achievement, a share.
    Achievement,
    /// The weight.
    Weight,
    /// The highest achievement that counts.
    Cap,
    /// The lowest achievement that counts.
    Floor,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Nothing: an empty cell.
    Nothing,
    /// A number.
    Number(f64),
    /// An operand.
    Operand(Operand),
    /// Left, operator, right.
    Binary(Box<Expr>, Operator, Box<Expr>),
    /// A worksheet function and its arguments.
    Call(Function, Vec<Expr>),
    /// One of two expressions, by a condition.
    If(Condition, Box<Expr>, Box<Expr>),
}

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// +
    Add,
    /// -
    Subtract,
    /// ×
    Multiply,
    /// ÷
    Divide,
}

/// A worksheet function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The absolute value.
    Abs,
    /// The maximum of two.
    Max,
    /// The minimum of two.
    Min,
    /// A number rounded to a number of decimals, half away from 0.
    Round,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Whether the operand has a number.
    IsNumber(Operand),
    /// Whether left is less than right.
    Less(Box<Expr>, Box<Expr>),
    /// Whether left is greater than right.
    Greater(Box<Expr>, Box<Expr>),
    /// Whether left is less than right, or equal.
    AtMost(Box<Expr>, Box<Expr>),
    /// Whether left is greater than right, or equal.
    AtLeast(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// The result; none where an operand it needs is missing. `value` gives the operands.
    pub fn eval(&self, value: &dyn Fn(Operand) -> Option<f64>) -> Option<f64> {
        match self {
            Expr::Nothing => None,
            Expr::Number(number) => Some(*number),
            Expr::Operand(input) => value(*input),
            Expr::Binary(left, operator, right) => {
                let (left, right) = (left.eval(value)?, right.eval(value)?);
                Some(match operator {
                    Operator::Add => left + right,
                    Operator::Subtract => left - right,
                    Operator::Multiply => left * right,
                    Operator::Divide => left / right,
                })
            }
            Expr::Call(function, arguments) => {
                let numbers =
                    arguments.iter().map(|argument| argument.eval(value)).collect::<Option<Vec<_>>>()?;
                function.eval(&numbers)
            }
            Expr::If(condition, then, otherwise) => match condition.holds(value)? {
                true => then.eval(value),
                false => otherwise.eval(value),
            },
        }
    }

    /// The equivalent worksheet formula, without the leading `=`. `name` gives the reference for each
    /// operand.
    pub fn formula(&self, name: &dyn Fn(Operand) -> String) -> String {
        match self {
            Expr::Nothing => "\"\"".to_owned(),
            // Excel would read a leading sign as a binary operator.
            Expr::Number(number) if *number < 0.0 => format!("({number})"),
            Expr::Number(number) => number.to_string(),
            Expr::Operand(input) => name(*input),
            Expr::Binary(left, operator, right) => {
                let operand = |operand: &Expr, in_brackets: bool| match operand.formula(name) {
                    formula if in_brackets => format!("({formula})"),
                    formula => formula,
                };
                let (sign, rank) = (operator.sign(), operator.rank());
                // The right side of - or / needs brackets at equal rank.
                let left = operand(left, left.rank() < rank);
                format!("{left}{sign}{}", operand(right, right.rank() <= rank))
            }
            Expr::Call(function, arguments) => {
                let arguments: Vec<String> =
                    arguments.iter().map(|argument| argument.formula(name)).collect();
                format!("{}({})", function.name(), arguments.join(","))
            }
            Expr::If(condition, then, otherwise) => {
                format!("IF({},{},{})", condition.formula(name), then.formula(name), otherwise.formula(name))
            }
        }
    }

    /// Operator precedence: the highest rank binds first.
    fn rank(&self) -> u8 {
        match self {
            Expr::Binary(_, operator, _) => operator.rank(),
            _ => u8::MAX,
        }
    }

    /// Its absolute value.
    pub fn abs(self) -> Self {
        Expr::Call(Function::Abs, vec![self])
    }

    /// The maximum of the two.
    pub fn max(self, other: impl Into<Expr>) -> Self {
        Expr::Call(Function::Max, vec![self, other.into()])
    }

    /// The minimum of the two.
    pub fn min(self, other: impl Into<Expr>) -> Self {
        Expr::Call(Function::Min, vec![self, other.into()])
    }

    /// Itself, rounded to `decimals`.
    pub fn rounded(self, decimals: u8) -> Self {
        Expr::Call(Function::Round, vec![self, f64::from(decimals).into()])
    }

    /// Whether it is less than `other`.
    pub fn is_less(self, other: impl Into<Expr>) -> Condition {
        Condition::Less(Box::new(self), Box::new(other.into()))
    }

    /// Whether it is greater than `other`.
    pub fn is_greater(self, other: impl Into<Expr>) -> Condition {
        Condition::Greater(Box::new(self), Box::new(other.into()))
    }

    /// Whether it is at most `other`.
    pub fn is_at_most(self, other: impl Into<Expr>) -> Condition {
        Condition::AtMost(Box::new(self), Box::new(other.into()))
    }

    /// Whether it is at least `other`.
    pub fn is_at_least(self, other: impl Into<Expr>) -> Condition {
        Condition::AtLeast(Box::new(self), Box::new(other.into()))
    }
}

impl Operator {
    fn sign(self) -> char {
        match self {
            Operator::Add => '+',
            Operator::Subtract => '-',
            Operator::Multiply => '*',
            Operator::Divide => '/',
        }
    }

    fn rank(self) -> u8 {
        match self {
            Operator::Add | Operator::Subtract => 1,
            Operator::Multiply | Operator::Divide => 2,
        }
    }
}

impl Function {
    fn name(self) -> &'static str {
        match self {
            Function::Abs => "ABS",
            Function::Max => "MAX",
            Function::Min => "MIN",
            Function::Round => "ROUND",
        }
    }

    fn eval(self, numbers: &[f64]) -> Option<f64> {
        match (self, numbers) {
            (Function::Abs, [number]) => Some(number.abs()),
            (Function::Max, [a, b]) => Some(a.max(*b)),
            (Function::Min, [a, b]) => Some(a.min(*b)),
            (Function::Round, [number, decimals]) => Some(round(*number, *decimals)),
            _ => None,
        }
    }
}

/// Rounds like a worksheet: by the decimal digits, not by the binary ones. In binary, 2 - 1.1 is slightly
/// less than 0.9, and 0.9995 is slightly less than half a tenth of a percent above 0.999.
fn round(number: f64, decimals: f64) -> f64 {
    let steps = 10f64.powf(decimals);
    let shown = (number * steps * 1e6).round() / 1e6;
    shown.round() / steps
}

impl Condition {
    /// `then` where the condition holds, else `otherwise`.
    pub fn then(self, then: impl Into<Expr>, otherwise: impl Into<Expr>) -> Expr {
        Expr::If(self, Box::new(then.into()), Box::new(otherwise.into()))
    }

    fn holds(&self, value: &dyn Fn(Operand) -> Option<f64>) -> Option<bool> {
        let compared = |left: &Expr, right: &Expr| Some((left.eval(value)?, right.eval(value)?));
        Some(match self {
            Condition::IsNumber(input) => value(*input).is_some(),
            Condition::Less(left, right) => compared(left, right).map(|(left, right)| left < right)?,
            Condition::Greater(left, right) => compared(left, right).map(|(left, right)| left > right)?,
            Condition::AtMost(left, right) => compared(left, right).map(|(left, right)| left <= right)?,
            Condition::AtLeast(left, right) => compared(left, right).map(|(left, right)| left >= right)?,
        })
    }

    fn formula(&self, name: &dyn Fn(Operand) -> String) -> String {
        let (left, sign, right) = match self {
            Condition::IsNumber(input) => return format!("ISNUMBER({})", name(*input)),
            Condition::Less(left, right) => (left, "<", right),
            Condition::Greater(left, right) => (left, ">", right),
            Condition::AtMost(left, right) => (left, "<=", right),
            Condition::AtLeast(left, right) => (left, ">=", right),
        };
        format!("{}{sign}{}", left.formula(name), right.formula(name))
    }
}

impl From<f64> for Expr {
    fn from(number: f64) -> Self {
        Expr::Number(number)
    }
}

impl From<Operand> for Expr {
    fn from(input: Operand) -> Self {
        Expr::Operand(input)
    }
}

/// Implements an operator for expressions and operands.
macro_rules! operator {
    ($trait:ident $method:ident $operator:ident) => {
        impl<R: Into<Expr>> $trait<R> for Expr {
            type Output = Expr;
            fn $method(self, right: R) -> Expr {
                Expr::Binary(Box::new(self), Operator::$operator, Box::new(right.into()))
            }
        }

        impl<R: Into<Expr>> $trait<R> for Operand {
            type Output = Expr;
            fn $method(self, right: R) -> Expr {
                Expr::from(self).$method(right)
            }
        }
    };
}

operator!(Add add Add);
operator!(Sub sub Subtract);
operator!(Mul mul Multiply);
operator!(Div div Divide);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn brackets_stand_where_the_order_of_operators_asks_for_them() {
        let name = |input| if input == Operand::Result { "C7".to_owned() } else { "K7".to_owned() };
        let (result, last) = (Operand::Result, Operand::LastActual);
        for (expr, formula) in [
            (Expr::from(2.0) - result / last, "2-C7/K7"),
            ((result - last) / Expr::from(last).abs(), "(C7-K7)/ABS(K7)"),
            (last * (Expr::from(1.0) + Expr::from(-5.0) / 100.0), "K7*(1+(-5)/100)"),
            (Expr::from(1.0) - (result - last), "1-(C7-K7)"),
            (result / (last * Expr::from(2.0)), "C7/(K7*2)"),
        ] {
            assert_eq!(expr.formula(&name), formula);
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_as_half_a_step_is_rounded_up(thousandths in -2000i32..2000) {
            let number = f64::from(thousandths) / 1000.0;
            let half = round(number + 0.0005f64.copysign(number), 3.0);
            let next = f64::from(thousandths + if number.is_sign_negative() { -1 } else { 1 }) / 1000.0;
            prop_assert!((half - next).abs() < 1e-12, "{number} {half}");
            prop_assert_eq!(round(number, 3.0), number);
        }
    }
}
