//! Messages about lines of planbook.toml, in an office's words.

use crate::finding::Wording;

pub(super) static NAME_QUOTES: Wording = Wording {
    ko: "이름에 띄어쓰기나 한글이 있으면 큰따옴표로 묶으십시오",
    en: "a name with spaces or Korean letters needs quotes around it",
};
pub(super) static QUOTES_MISSING: Wording = Wording {
    ko: "따옴표의 짝이 맞지 않습니다. 앞뒤를 모두 큰따옴표(\")로 묶으십시오",
    en: "a quote has no partner; put one (\") on both sides",
};
pub(super) static QUOTES_INSIDE: Wording = Wording {
    ko: "큰따옴표로 묶은 글 안에 큰따옴표가 또 있습니다. 바깥을 작은따옴표(')로 묶으십시오",
    en: "there are quotes inside the quoted text; use single quotes (') around it",
};
pub(super) static CURLY: Wording = Wording {
    ko: "둥근 따옴표나 전각 따옴표는 쓸 수 없습니다. 곧은 따옴표(\")로 바꾸십시오",
    en: "curly and full-width quotes cannot be used; write straight ones (\")",
};
pub(super) static FULL_WIDTH: Wording = Wording {
    ko: "전각 글자로 적은 기호나 숫자가 있습니다. 반각 글자로 바꾸십시오",
    en: "there are full-width signs or digits; write them half-width",
};
pub(super) static EQUALS: Wording = Wording {
    ko: "이름과 값 사이에는 등호(=) 하나를 적어야 합니다",
    en: "write one equals sign (=) between a name and its value",
};
pub(super) static NO_VALUE: Wording = Wording {
    ko: "등호(=) 뒤에 값이 없습니다. 값을 적거나, 쓰지 않을 줄이면 맨 앞에 #을 적으십시오",
    en: "there is no value after the equals sign; write one, or put a # in front of the line",
};
pub(super) static NO_NAME: Wording = Wording {
    ko: "등호(=) 앞에 이름이 없습니다. 이름을 적거나, 쓰지 않을 줄이면 맨 앞에 #을 적으십시오",
    en: "there is no name before the equals sign; write one, or put a # in front of the line",
};
pub(super) static VALUE_QUOTES: Wording = Wording {
    ko: "글, 날짜, 색은 큰따옴표로 묶어야 합니다",
    en: "text, dates and colours need quotes around them",
};
pub(super) static SWITCH: Wording = Wording {
    ko: "‘예’는 true, ‘아니오’는 false로 적어야 합니다",
    en: "yes is written true, no is written false",
};
pub(super) static NUMBER: Wording = Wording {
    ko: "숫자는 쉼표나 단위 없이 적고, 소수점은 마침표(.)로 적어야 합니다",
    en: "a number is written without separators or units, and with a point before decimals",
};
pub(super) static BACKSLASH: Wording = Wording {
    ko: "큰따옴표 안의 역슬래시(\\)는 뒤 글자를 다른 글자로 바꿉니다. 역슬래시가 있는 글은 작은따옴표(')로 묶으십시오",
    en: "a backslash (\\) in double quotes changes the character after it; put single quotes (') around text with backslashes",
};
pub(super) static TRAILING: Wording = Wording {
    ko: "줄 끝의 쉼표나 쌍반점을 지우십시오",
    en: "delete the comma or semicolon at the end of the line",
};
pub(super) static COMMA: Wording = Wording {
    ko: "목록의 항목 사이에는 쉼표(,)를 적어야 합니다",
    en: "separate the entries of a list with commas (,)",
};
pub(super) static BRACKET: Wording = Wording {
    ko: "괄호의 짝이 맞지 않습니다. 연 괄호는 같은 종류로 닫으십시오",
    en: "a bracket has no partner; close it with the same kind",
};
pub(super) static TRIPLE: Wording = Wording {
    ko: "세 따옴표(\"\"\" 또는 ''')로 연 글이 닫히지 않았습니다. 한 줄이면 큰따옴표 하나씩으로 묶으십시오",
    en: "text opened with three quotes is never closed; if it is one line, put one quote (\") on each side",
};
pub(super) static REMARK: Wording =
    Wording { ko: "설명하는 글의 앞에는 #을 적어야 합니다", en: "a comment begins with #" };
pub(super) static TWO: Wording = Wording {
    ko: "한 줄에 설정이 둘 있습니다. 줄을 나누십시오",
    en: "there are two settings on one line; give each its own",
};
pub(super) static BRACES: Wording = Wording {
    ko: "이 파일에는 전체를 묶는 중괄호를 쓰지 않습니다. 이 줄을 지우십시오",
    en: "this file has no braces around its settings; delete the line",
};
pub(super) static ONE_OF_MANY: Wording = Wording {
    ko: "[{name}]은 여럿 적을 수 있는 항목이어서 [[{name}]]처럼 두 겹 괄호로 적어야 합니다",
    en: "there can be several of {name}, so it is written with double brackets: [[{name}]]",
};
pub(super) static ONE_ONLY: Wording = Wording {
    ko: "[[{name}]]은 하나뿐인 항목이어서 [{name}]처럼 한 겹 괄호로 적어야 합니다",
    en: "there is only one {name}, so it is written with single brackets: [{name}]",
};
pub(super) static SAME_KEY: Wording = Wording {
    ko: "같은 항목이 {line}줄에도 있습니다. 둘 가운데 하나를 지우십시오",
    en: "the same setting is on line {line}; delete one of the two",
};
pub(super) static SAME_TABLE: Wording = Wording {
    ko: "같은 제목이 {line}줄에도 있습니다. 아래의 설정을 {line}줄의 제목 아래로 옮기고 이 줄을 지우십시오",
    en: "the same heading is on line {line}; move the settings below to that heading and delete this line",
};
pub(super) static MISPLACED: Wording = Wording {
    ko: "`{key}`는 파일의 맨 앞, 첫 [ ] 제목보다 위에 적어야 합니다. 이 줄을 그리로 옮기십시오",
    en: "`{key}` belongs at the top of the file, above the first heading in [ ]; move this line there",
};
pub(super) static LINE: Wording = Wording {
    ko: "이 줄을 알아볼 수 없습니다. `이름 = 값`으로 고치거나, 쓰지 않을 줄이면 맨 앞에 #을 적으십시오",
    en: "this line cannot be understood; write `name = value`, or put a # in front of it",
};
