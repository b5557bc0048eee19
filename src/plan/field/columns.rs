//! The table of columns: one row per column of a plan; the years come in between.

use super::{Column, Content, Group, Name, Presence};
use crate::plan::{Initiatives, Perspective, Unit, Value, Weight};

columns! {
    before {
        /// 관점.
        Perspective {
            id: "perspective",
            group: Group::Row,
            content: Content::Word,
            presence: Presence::Required,
            merges: true,
            heading: Name { ko: "관점", en: "Perspective" },
            name: Name { ko: "관점", en: "perspective" },
            about: Name {
                ko: "성과를 보는 방향입니다. 괄호 안의 수는 그 관점이 계획에서 차지하는 비중이며, 모두 더하면 100입니다.",
                en: "The side from which performance is looked at. The number in brackets is its share of the plan; together they make 100.",
            },
            fill_in: Name {
                ko: "관점의 이름과 괄호 안의 비중을 적습니다. 예: 정책 성과 (60)\n비중은 그 관점에 속한 지표의 비중을 더한 값과 같아야 합니다.",
                en: "Name of the perspective, its weight in brackets: Policy results (60).\nThe weight must be the sum of the weights of its KPIs.",
            },
            width: 12.0,
            form_width: (11.0, 11.0),
            text: |row| &row.perspective.text,
            read: |row, text| row.perspective = Perspective::read(text),
        }
        /// The parent's objective.
        ParentObjective {
            id: "parent_goal",
            group: Group::Parent,
            content: Content::Prose,
            presence: Presence::Required,
            merges: true,
            heading: Name { ko: "전략목표", en: "Objective" },
            name: Name { ko: "상위 전략목표", en: "parent objective" },
            about: Name {
                ko: "상위 조직의 목표입니다. 상위 조직의 이름은 맨 윗줄에 있으며, 오른쪽의 목표가 여기에 이바지합니다.",
                en: "The objective of the organisation named above it, to which the own objective contributes.",
            },
            fill_in: Name {
                ko: "이 지표가 이바지하는 상위 조직의 목표입니다. 상위 조직의 계획에 적힌 그대로 적습니다. 목록에서 고를 수 있습니다.",
                en: "The parent's objective that this KPI serves, as written in the parent's plan. There is a list to choose from.",
            },
            width: 24.0,
            form_width: (17.0, 17.0),
            text: |row| &row.parent_objective,
            read: |row, text| row.parent_objective = text,
        }
        /// The parent's KPI.
        ParentKpi {
            id: "parent_kpi",
            group: Group::Parent,
            content: Content::Prose,
            presence: Presence::Required,
            merges: true,
            heading: Name { ko: "핵심성과지표", en: "KPI" },
            name: Name { ko: "상위 핵심성과지표", en: "parent KPI" },
            about: Name {
                ko: "상위 조직이 그 목표를 재는 지표입니다.",
                en: "The KPI by which the organisation above measures that objective.",
            },
            fill_in: Name {
                ko: "그 목표를 재는 상위 조직의 지표입니다. 상위 조직의 계획에 적힌 그대로 적습니다. 목록에서 고를 수 있습니다.",
                en: "The parent's KPI for that objective, as written in the parent's plan. There is a list to choose from.",
            },
            width: 24.0,
            form_width: (17.0, 17.0),
            text: |row| &row.parent_kpi,
            read: |row, text| row.parent_kpi = text,
        }
        /// The parent's target.
        ParentTarget {
            id: "parent_target",
            group: Group::Parent,
            content: Content::Value,
            presence: Presence::Required,
            merges: true,
            heading: Name { ko: "목표치", en: "Target" },
            name: Name { ko: "상위 목표치", en: "parent target" },
            about: Name {
                ko: "상위 조직이 계획 연도에 이루려는 값입니다.",
                en: "What the organisation above aims at in the plan year.",
            },
            fill_in: Name {
                ko: "상위 조직의 계획에 적힌 {year}년 목표치입니다. 가져온 값은 상위 조직의 새 계획과 맞는지 확인하십시오.",
                en: "The parent's target for {year}, as in the parent's plan. Check what was carried over against the parent's new plan.",
            },
            width: 12.0,
            form_width: (10.0, 13.0),
            text: |row| &row.parent_target.text,
            read: |row, text| row.parent_target = Value::read(text),
        }
        /// Own objective.
        Objective {
            id: "goal",
            group: Group::Own,
            content: Content::Prose,
            presence: Presence::Required,
            merges: true,
            heading: Name { ko: "전략목표", en: "Objective" },
            name: Name { ko: "전략목표", en: "objective" },
            about: Name {
                ko: "이 조직의 목표입니다. 칸이 여러 줄에 걸치면 그 줄의 지표가 모두 이 목표를 잽니다.",
                en: "The objective of this organisation. Where the cell spans several rows, all their KPIs measure it.",
            },
            fill_in: Name {
                ko: "조직의 전략목표(성과목표)입니다. 한 목표에 지표가 여럿이면 셀이 합쳐져 있습니다.",
                en: "The organisation's objective. Where it has several KPIs, its cell is merged over them.",
            },
            width: 24.0,
            form_width: (18.0, 18.0),
            text: |row| &row.objective,
            read: |row, text| row.objective = text,
        }
        /// KPI.
        Kpi {
            id: "kpi",
            group: Group::Own,
            content: Content::Prose,
            presence: Presence::Required,
            merges: false,
            heading: Name { ko: "핵심성과지표", en: "KPI" },
            name: Name { ko: "핵심성과지표", en: "KPI" },
            about: Name {
                ko: "목표를 얼마나 이루었는지를 재는 지표입니다. 한 줄에 하나씩입니다.",
                en: "What shows how far the objective is reached; one to a row.",
            },
            fill_in: Name {
                ko: "무엇을 재는지 이름으로 알 수 있게 적습니다. 한 줄에 지표 하나를 적습니다. 공통지표는 목록의 이름을 그대로 쓰십시오.",
                en: "What is measured, one KPI a row. For common KPIs use the names in the list.",
            },
            width: 24.0,
            form_width: (27.0, 27.0),
            text: |row| &row.kpi,
            read: |row, text| row.kpi = text,
        }
    }
    after {
        /// Unit.
        Unit {
            id: "unit",
            group: Group::Own,
            content: Content::Word,
            presence: Presence::Required,
            merges: false,
            heading: Name { ko: "단위", en: "Unit" },
            name: Name { ko: "단위", en: "unit" },
            about: Name {
                ko: "값의 단위입니다.",
                en: "The unit of the values.",
            },
            fill_in: Name {
                ko: "값의 단위입니다. 목록에 맞는 것이 있으면 고르고, 없으면 적으십시오. 해마다 같은 단위로 적습니다.",
                en: "The unit of the values. Choose from the list, or write another. It is the same for all years.",
            },
            width: 7.0,
            form_width: (8.0, 12.0),
            text: |row| &row.unit.text,
            read: |row, text| row.unit = Unit::read(text),
        }
        /// Weight.
        Weight {
            id: "weight",
            group: Group::Own,
            content: Content::Number,
            presence: Presence::Required,
            merges: false,
            heading: Name { ko: "비중", en: "Weight" },
            name: Name { ko: "비중", en: "weight" },
            about: Name {
                ko: "지표가 이 계획의 점수에서 차지하는 몫입니다. 한 계획의 비중을 모두 더하면 100입니다.",
                en: "The KPI's share of the plan's score. The weights of a plan make 100.",
            },
            fill_in: Name {
                ko: "이 지표가 계획에서 차지하는 몫입니다. % 없이 숫자만 적습니다. 모두 더하면 100이어야 합니다.",
                en: "The KPI's share of the plan: a number without %. All weights must sum to 100.",
            },
            width: 7.0,
            form_width: (7.5, 7.5),
            text: |row| &row.weight.text,
            read: |row, text| row.weight = Weight::read(text),
        }
        /// Initiative code.
        Code {
            id: "code",
            group: Group::Row,
            content: Content::Code,
            presence: Presence::Usual,
            merges: false,
            heading: Name { ko: "주요사업 코드번호", en: "Initiative code" },
            name: Name { ko: "주요사업 코드번호", en: "initiative code" },
            about: Name {
                ko: "지표를 이루기 위한 주요사업의 번호입니다. 조직을 나타내는 말과 번호로 되어 있습니다.",
                en: "The initiatives that serve the KPI: a word for the organisation, and a number.",
            },
            fill_in: Name {
                ko: "이 지표에 이바지하는 주요사업의 코드입니다. 여럿이면 쉼표로 나눕니다. 예: 교통-3, 교통-7",
                en: "Codes of the initiatives that serve this KPI, parted by commas: TR-3, TR-7",
            },
            width: 11.0,
            form_width: (12.0, 18.0),
            text: |row| &row.initiatives.text,
            read: |row, text| row.initiatives = Initiatives::read(text),
        }
        /// Owner.
        Owner {
            id: "owner",
            group: Group::Row,
            content: Content::Word,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "책임자", en: "Owner" },
            name: Name { ko: "책임자", en: "owner" },
            about: Name {
                ko: "지표를 맡아 챙기는 사람입니다.",
                en: "Who is responsible for the KPI.",
            },
            fill_in: Name {
                ko: "지표를 맡은 사람의 직위나 이름을 적습니다.",
                en: "Post or name of the person responsible for the KPI.",
            },
            width: 11.0,
            form_width: (10.0, 16.0),
            text: |row| &row.owner,
            read: |row, text| row.owner = text,
        }
        /// No..
        Number {
            id: "number",
            group: Group::Row,
            content: Content::Word,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "연번", en: "No." },
            name: Name { ko: "연번", en: "number" },
            about: Name {
                ko: "지표의 번호입니다.",
                en: "The number or id of the KPI.",
            },
            fill_in: Name {
                ko: "지표의 번호를 적습니다.",
                en: "Number or id of the KPI.",
            },
            width: 6.0,
            form_width: (6.0, 8.0),
            text: |row| &row.number,
            read: |row, text| row.number = text,
        }
        /// Type.
        IndicatorType {
            id: "indicator_type",
            group: Group::Row,
            content: Content::Word,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "지표유형", en: "Type" },
            name: Name { ko: "지표유형", en: "type" },
            about: Name {
                ko: "지표의 종류입니다(공통·고유, 투입·과정·산출·결과, 정량·정성).",
                en: "What kind of KPI it is: common or own; input, process, output or outcome; quantitative or qualitative.",
            },
            fill_in: Name {
                ko: "지표의 종류를 적습니다. 예: 공통, 산출, 정량",
                en: "Kind of KPI: common, output, quantitative.",
            },
            width: 9.0,
            form_width: (9.0, 12.0),
            text: |row| &row.indicator_type,
            read: |row, text| row.indicator_type = text,
        }
        /// Direction.
        Polarity {
            id: "direction",
            group: Group::Row,
            content: Content::Word,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "지표방향", en: "Direction" },
            name: Name { ko: "지표방향", en: "direction" },
            about: Name {
                ko: "값이 클수록 좋은지 작을수록 좋은지입니다.",
                en: "Whether higher or lower is better.",
            },
            fill_in: Name {
                ko: "상향이나 하향을 적습니다.",
                en: "Up or down.",
            },
            width: 9.0,
            form_width: (8.0, 10.0),
            text: |row| &row.polarity,
            read: |row, text| row.polarity = text,
        }
        /// Definition.
        Definition {
            id: "definition",
            group: Group::Row,
            content: Content::Prose,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "정의", en: "Definition" },
            name: Name { ko: "정의", en: "definition" },
            about: Name {
                ko: "지표가 무엇을 재는지입니다.",
                en: "What the KPI measures.",
            },
            fill_in: Name {
                ko: "지표가 무엇을 재는지 적습니다.",
                en: "What the KPI measures.",
            },
            width: 30.0,
            form_width: (20.0, 30.0),
            text: |row| &row.definition,
            read: |row, text| row.definition = text,
        }
        /// Formula.
        Formula {
            id: "formula",
            group: Group::Row,
            content: Content::Prose,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "측정산식", en: "Formula" },
            name: Name { ko: "측정산식", en: "formula" },
            about: Name {
                ko: "값을 셈하는 방법입니다.",
                en: "How the value is calculated.",
            },
            fill_in: Name {
                ko: "값을 셈하는 식을 적습니다.",
                en: "How the value is calculated.",
            },
            width: 30.0,
            form_width: (20.0, 30.0),
            text: |row| &row.formula,
            read: |row, text| row.formula = text,
        }
        /// Data source.
        DataSource {
            id: "data_source",
            group: Group::Row,
            content: Content::Prose,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "자료출처", en: "Data source" },
            name: Name { ko: "자료출처", en: "data source" },
            about: Name {
                ko: "값을 얻는 곳입니다.",
                en: "Where the value comes from.",
            },
            fill_in: Name {
                ko: "값을 얻는 자료나 시스템을 적습니다.",
                en: "Register or system that the value comes from.",
            },
            width: 18.0,
            form_width: (14.0, 20.0),
            text: |row| &row.data_source,
            read: |row, text| row.data_source = text,
        }
        /// Frequency.
        Frequency {
            id: "frequency",
            group: Group::Row,
            content: Content::Word,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "측정주기", en: "Frequency" },
            name: Name { ko: "측정주기", en: "frequency" },
            about: Name {
                ko: "값을 재는 때입니다.",
                en: "How often the value is measured.",
            },
            fill_in: Name {
                ko: "값을 얼마나 자주 재는지 적습니다. 예: 분기, 연 1회",
                en: "How often the value is measured: quarterly, once a year.",
            },
            width: 9.0,
            form_width: (9.0, 12.0),
            text: |row| &row.frequency,
            read: |row, text| row.frequency = text,
        }
        /// Rationale.
        Rationale {
            id: "rationale",
            group: Group::Row,
            content: Content::Prose,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "목표설정 근거", en: "Rationale" },
            name: Name { ko: "목표설정 근거", en: "rationale" },
            about: Name {
                ko: "목표를 그렇게 정한 까닭입니다.",
                en: "Why the target is what it is.",
            },
            fill_in: Name {
                ko: "목표를 그렇게 정한 까닭을 적습니다.",
                en: "Why the target is what it is.",
            },
            width: 30.0,
            form_width: (20.0, 30.0),
            text: |row| &row.rationale,
            read: |row, text| row.rationale = text,
        }
        /// Budget.
        Budget {
            id: "budget",
            group: Group::Row,
            content: Content::Number,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "사업비", en: "Budget" },
            name: Name { ko: "사업비", en: "budget" },
            about: Name {
                ko: "지표를 이루는 사업의 예산입니다.",
                en: "The budget of the initiatives that serve the KPI.",
            },
            fill_in: Name {
                ko: "사업의 예산을 단위와 함께 적습니다.",
                en: "Budget of the initiatives, with its unit.",
            },
            width: 12.0,
            form_width: (10.0, 14.0),
            text: |row| &row.budget,
            read: |row, text| row.budget = text,
        }
        /// Remarks.
        Remark {
            id: "remark",
            group: Group::Row,
            content: Content::Prose,
            presence: Presence::Optional,
            merges: false,
            heading: Name { ko: "참고사항", en: "Remarks" },
            name: Name { ko: "참고사항", en: "remarks" },
            about: Name {
                ko: "그 밖의 말입니다.",
                en: "Other remarks.",
            },
            fill_in: Name {
                ko: "더 알릴 것이 있으면 적습니다.",
                en: "Anything else.",
            },
            width: 20.0,
            form_width: (14.0, 20.0),
            text: |row| &row.remark,
            read: |row, text| row.remark = text,
        }
    }
}
