use super::*;
use crate::source::CellRef;

fn text(text: &str) -> Text {
    Text::new(text, CellRef::default())
}

fn codes(read: &Initiatives) -> Vec<&str> {
    read.codes.iter().map(|code| &**code).collect()
}

fn malformed(read: &Initiatives) -> Vec<(&str, &str)> {
    read.malformed.iter().map(|code| (&*code.written, &*code.likely)).collect()
}

#[test]
fn regular_codes() {
    for (written, expected) in [
        ("", &[][..]),
        ("-", &[]),
        ("대변인-1", &["대변인-1"]),
        ("경본-13,19", &["경본-13", "경본-19"]),
        ("교통-22, 23", &["교통-22", "교통-23"]),
        ("도기본-25 도기본-26", &["도기본-25", "도기본-26"]),
        ("재무-1 및 재무-2", &["재무-1", "재무-2"]),
        ("교통-2~4", &["교통-2", "교통-3", "교통-4"]),
        ("교통-2 ~ 교통-3", &["교통-2", "교통-3"]),
        ("교통-3-1", &["교통-3-1"]),
        ("EN-4", &["EN-4"]),
        ("2", &["2"]),
        ("1, 3", &["1", "3"]),
    ] {
        let read = Initiatives::read(text(written));
        assert_eq!((codes(&read), malformed(&read)), (expected.to_vec(), vec![]), "{written}");
    }
}

#[test]
fn malformed_codes_and_what_they_were_meant_to_be() {
    for (written, expected, wrong) in [
        ("여성13", &["여성-13"][..], &[("여성13", "여성-13")][..]),
        ("IT3", &["IT-3"], &[("IT3", "IT-3")]),
        ("경본 23", &["경본-23"], &[("경본 23", "경본-23")]),
        ("경본13,19", &["경본-13", "경본-19"], &[("경본13,19", "경본-13, 경본-19")]),
        ("한강 16,17", &["한강-16", "한강-17"], &[("한강 16,17", "한강-16, 한강-17")]),
        (
            "한강-12 13,14",
            &["한강-12", "한강-13", "한강-14"],
            &[("한강-12 13,14", "한강-12, 한강-13, 한강-14")],
        ),
        ("경본-1, 경본–2", &["경본-1", "경본-2"], &[("경본–2", "경본-2")]),
        ("경본－１３", &["경본-13"], &[("경본－１３", "경본-13")]),
        ("재무 - 3", &["재무-3"], &[("재무 - 3", "재무-3")]),
    ] {
        let read = Initiatives::read(text(written));
        assert_eq!((codes(&read), malformed(&read)), (expected.to_vec(), wrong.to_vec()), "{written}");
    }
}

#[test]
fn names_beside_numbers() {
    for (written, expected, name) in [
        ("1. 창의서울포럼 운영", &["1"][..], "창의서울포럼 운영"),
        ("2. u-지식여행 콘텐츠 개발", &["2"], "u-지식여행 콘텐츠 개발"),
        ("(3) 2009년 계획 수립", &[], ""),
        ("3) 계획 2009년 수립", &["3"], "계획 2009년 수립"),
        ("1. 가나 운영 2. 다라 개발", &["1", "2"], "가나 운영, 다라 개발"),
        ("경본-13 일자리 500 창출", &["경본-13"], "일자리 500 창출"),
        ("경본-13(신규), 경본-14", &["경본-13", "경본-14"], ""),
        ("경본-1 외 3건", &["경본-1"], ""),
        ("경본-1\u{200b}", &["경본-1"], ""),
    ] {
        let read = Initiatives::read(text(written));
        assert_eq!(
            (codes(&read), read.name.as_deref().unwrap_or("")),
            (expected.to_vec(), name),
            "{written}"
        );
    }
}

#[test]
fn remarks_hold_no_codes() {
    for written in [
        "※ 평가등급 변경(08년부터 적용) - 우수, 보통, 미흡",
        "* 경본 23 참조",
        "신규사업",
        "2009년 신규",
        "5%",
    ] {
        let read = Initiatives::read(text(written));
        assert_eq!((codes(&read), &read.name), (vec![], &None), "{written}");
    }
}

#[test]
fn footnotes_list_other_initiatives() {
    for (written, expected, wrong) in [
        ("※ 기타주요사업 : 경본-5, 6, 7", &["경본-5", "경본-6", "경본-7"][..], &[][..]),
        ("※기타주요사업:경본-5", &["경본-5"], &[]),
        (
            "※ 기타 주요사업 코드번호 도기본-2, 도기본 32",
            &["도기본-2", "도기본-32"],
            &[("도기본 32", "도기본-32")],
        ),
        ("※ 기타 주요사업 코드번호 도기본 32", &["도기본-32"], &[("도기본 32", "도기본-32")]),
        ("· 맑본-3, 맑본-6", &["맑본-3", "맑본-6"], &[]),
        ("기타주요사업 : 공원2", &["공원-2"], &[("공원2", "공원-2")]),
        ("※ 도시-2 , 도시-10 도시-13 등", &["도시-2", "도시-10", "도시-13"], &[]),
        ("* Other initiatives: EN-1, EN-2", &["EN-1", "EN-2"], &[]),
        ("※ 목표 100 초과", &[], &[]),
        ("※ 목표 100", &[], &[]),
        ("※ 공무원 청렴도는 국민권익위 평가 8.95", &[], &[]),
        ("※ 2009년도 신규지표", &[], &[]),
        ("※ COVID-19 영향으로 축소", &[], &[]),
    ] {
        let read = Initiatives::read_footnote(text(written));
        assert_eq!((codes(&read), malformed(&read)), (expected.to_vec(), wrong.to_vec()), "{written}");
        assert_eq!(read.name, None);
    }
}
