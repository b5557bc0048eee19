//! The table of check codes, with the title and default severity of each.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;

use super::{Severity, Wording};

macro_rules! codes {
    ($($code:ident $severity:ident $ko:literal $en:literal;)*) => {
        /// The code of a check. Codes never change: users quote them in letters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
        #[allow(missing_docs, reason = "the table below is the documentation")]
        pub enum Code { $($code,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// The code as text.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$code => stringify!($code),)* }
            }

            /// The severity of its findings unless planbook.toml says otherwise.
            pub fn default_severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }

            /// The check's title.
            pub fn title(self) -> &'static Wording {
                match self { $(Code::$code => &Wording { ko: $ko, en: $en },)* }
            }
        }
    };
}

codes! {
    R001 Error   "통합 문서를 읽을 수 없음"                 "workbook cannot be read";
    R002 Error   "계획표가 없음"                            "no plan table in the workbook";
    R003 Error   "계획표에 열이 빠짐"                       "a plan table lacks a column";
    R004 Info    "숨겨진 시트·행·열"                        "hidden sheets, rows and columns";
    R005 Error   "같은 조직의 계획이 둘"                    "two plans for the same organisation";
    R006 Warning "결과값이 저장되지 않은 수식"              "formula without a stored result";
    R007 Warning "지표명이 없는 행, 표 밖의 계획 행"        "row without a KPI, or plan rows outside the table";
    R008 Warning "연도가 다른 통합 문서와 다름"             "years differ from the other workbooks'";
    R009 Warning "제출하지 않은 조직"                       "an organisation on the roster sent no plan";
    R010 Warning "글꼴에 없는 글자"                         "a character that no font of the book has";
    R011 Warning "계획 자리에 성과표가 있음"               "a scorecard in place of a plan";
    R012 Error   "수식의 오류가 있는 칸"                    "a formula error in place of a value";
    R013 Warning "어느 조직의 계획인지 적히지 않음"         "a plan does not name its organisation";
    R014 Warning "통합 문서에 담을 수 없는 글자"             "characters that no workbook can hold";
    R015 Warning "책자에 적힌 대로 조판하지 못한 계획"      "a plan that the book could not set as written";
    R016 Warning "읽지 못한 시트·칸"                        "sheets or cells that could not be read";
    R017 Warning "계획인지 확실하지 않은 표"                 "a table that may be a plan, or has no rows";
    F001 Warning "읽지 않은 열"                             "a column of a plan table that is not read";
    F002 Info    "적힌 그대로 둔 열"                         "columns kept as they are";
    W101 Error   "비중의 합이 정해진 값과 다름"             "weights do not add up to what they should";
    W102 Error   "관점 비중이 지표 비중의 합과 다름"        "a perspective's printed weight differs from the sum of its rows";
    W103 Error   "비중이 없거나 숫자가 아님"                "weight missing or not a number";
    L201 Warning "상위 조직의 계획이 없음"                  "the parent named in the header has no plan here";
    L202 Warning "인용한 지표가 상위 계획에 없음"           "the cited KPI is not in the parent's plan";
    L203 Error   "인용한 상위 목표치가 상위 계획과 다름"    "the cited parent target differs from the parent's own";
    L204 Warning "시 지표의 목표치를 서로 다르게 인용"      "a city KPI is cited with a target other than the city's";
    L205 Warning "시 지표의 목표치를 알 수 없음"            "a city KPI's target is not known";
    L206 Info    "이름이 거의 같은 목표·지표"               "objectives or KPIs of almost the same name";
    S301 Error   "상위·하위 계획의 지표 값이 다름"          "cascaded KPI: values differ between parent and child";
    S302 Warning "상위·하위 계획의 지표 단위가 다름"        "cascaded KPI: units differ";
    S303 Error   "하위 조직의 합계가 상위 값과 다름"        "the children's sum differs from the parent's value";
    S304 Warning "필수 공통지표가 없음"                     "a required common KPI is missing";
    S305 Warning "공통지표 목표가 인용한 목표에 못 미침"    "own target of a common KPI falls short of the cited one";
    S306 Info    "공통지표 값·단위가 다른 조직과 크게 다름" "a common KPI's value or unit is far from all others";
    S307 Info    "같은 지표가 무관한 계획에 다른 값으로 있음" "the same KPI has other values in unrelated plans";
    S308 Warning "두 계획이 똑같음"                         "two plans are identical row for row";
    T401 Warning "누계가 맞지 않음"                         "running total does not add up";
    T402 Warning "약속한 증가율에 못 미침"                  "growth promise not met by own numbers";
    T403 Warning "실적·목표의 척도가 중간에 바뀜"           "scale changes inside a series";
    T404 Warning "비율일 수 없는 % 값"                      "unit % with values that cannot be percentages";
    T405 Warning "계획 연도의 목표치가 없음"                "target of the plan year missing";
    T406 Info    "목표가 최근 실적보다 낮음"                "target worse than the last actual";
    T407 Info    "방향을 확인할 지표"                        "unclear whether more or less is better";
    T408 Warning "값 자리에 값이 아닌 것이 있음"            "a cell for a value holds something else";
    T409 Info    "하나씩 세는 단위의 소수"                   "decimals in a unit counted one by one";
    K501 Warning "같은 지표가 한 계획에 두 번"              "a KPI occurs twice in a plan";
    C601 Warning "주요사업 코드 표기가 어긋남"              "malformed initiative code";
    C602 Warning "코드가 표와 기타주요사업에 모두 있음"     "code both in the table and in the footnote";
    C603 Info    "한 코드가 여러 지표에 있음"               "one code on several KPIs of a plan";
    C604 Info    "주요사업 번호가 비어 있음"                "numbering gap of a code prefix";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Error: the text is not the code of a check.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the code of a check")]
pub struct UnknownCode(pub String);

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Code::ALL
            .iter()
            .copied()
            .find(|code| code.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| UnknownCode(text.to_owned()))
    }
}
