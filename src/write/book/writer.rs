//! Prints `book.pdf`, and reports on the fonts, the templates and the result.

use super::conceded::Conceded;
use super::error::BookError;
use super::exported::{unmet, warning};
use super::make::TypesetBook;
use super::press::Press;
use crate::check;
use crate::files::Output;
use crate::finding::Lang;
use crate::source::escape_controls;
use crate::write::{Detail, Notice, Stopped, WriteContext, Writer, WriterError, Written};

/// Prints `book.pdf`, or the file of another name if it covers a part of the city or is for the printing
/// house.
#[derive(Debug)]
pub struct BookWriter;

impl Writer for BookWriter {
    fn name(&self) -> &'static str {
        "book.pdf"
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        output: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError> {
        let opened;
        let press = match context.press {
            Some(Ok(press)) => press,
            Some(Err(error)) => return Err(error.clone().into()),
            None => {
                opened = Press::open(context.dir, None, &context.plans(), context.lang)?;
                &opened
            }
        };
        let book = press.print(&context.plans(), &context.findings, context.lang)?;
        written.tell(told(&book));
        written.put(output, &press.name(&book), &book.pdf)?;
        written.findings = check::unset(&context.plans(), &book.conceded.letters, &book.conceded.plans);
        Ok(())
    }

    fn prints(&self) -> bool {
        true
    }
}

/// Returns the notices about `book`.
fn told(book: &TypesetBook) -> Vec<Notice> {
    let (pages, font) = (book.pages, escape_controls(&book.font));
    let mut notices = vec![Notice::news(|lang| {
        lang.pick(format!("책자: {pages}쪽, 글꼴 {font}"), format!("the book: {pages} pages, set in {font}"))
    })];
    let unmet = book.unmet.iter().map(|one| Notice::caution(|lang| escape_controls(&unmet(one, lang))));
    notices.extend(unmet);
    notices.extend(book.warning.map(|one| Notice::caution(|lang| warning(one, lang))));
    if !book.page_count_mismatches.is_empty() {
        notices.push(run_over(&book.page_count_mismatches));
    }
    if !book.conceded.is_empty() {
        notices.push(Notice::caution(|lang| conceded(&book.conceded, lang)));
    }
    if !book.missing_letters.is_empty() {
        notices.push(Notice::caution(|lang| missing(book, lang)));
    }
    notices.extend(book.fonts.iter().map(|(family, file)| {
        let line = escape_controls(&format!("{family} ({file})"));
        let words = |lang: Lang| lang.pick(format!("쓰인 글꼴: {line}"), format!("font used: {line}"));
        Notice::news(words).told(Detail::Full)
    }));
    notices
}

fn run_over(mismatches: &[String]) -> Notice {
    let (count, names) = (mismatches.len(), escape_controls(&mismatches.join(", ")));
    Notice::caution(|lang| {
        lang.pick(
        format!(
            "고친 서식 때문에 쪽수가 달라진 곳 {count}개: {names}. 넘친 쪽에는 앞 쪽의 번호가 찍히고 여백의 좌우가 맞지 않을 수 있으니, 내용을 줄이거나 글자를 작게 하십시오"
        ),
        format!(
            "{count} of the book's parts and plans take another number of pages by the changed templates: {names}. Pages that run over \
             bear the number of the one before and may have their margins on the wrong side; put less on them, or set it smaller"
        ),
    )
    })
}

fn conceded(conceded: &Conceded, lang: Lang) -> String {
    let parts: Vec<String> = conceded.parts.iter().map(|part| part.name()).collect();
    let parts = match &parts[..] {
        [] => String::new(),
        parts => lang.pick(
            format!(". 조판하지 못하여 그렇게 알리는 쪽만 넣은 부분: {}", parts.join(", ")),
            format!("; pages say so in the place of these parts: {}", parts.join(", ")),
        ),
    };
    lang.pick(
        format!("조판하는 프로그램이 멈춘 곳이 있어 일부를 적힌 대로 싣지 못했습니다. 자리는 R015에 있습니다{parts}"),
        format!("the typesetter stopped at some of the book, which is not printed as written; R015 tells where{parts}"),
    )
}

fn missing(book: &TypesetBook, lang: Lang) -> String {
    let letters: Vec<String> =
        book.missing_letters.iter().map(|&c| format!("{c} (U+{:04X})", u32::from(c))).collect();
    let letters = escape_controls(&letters.join(", "));
    lang.pick(
        format!("보여 주는 글꼴이 없어 다른 기호로 찍은 글자: {letters}. 자리는 R010에 있습니다"),
        format!(
            "no font shows these letters, a sign was printed instead: {letters}; R010 tells where they stand"
        ),
    )
}

impl From<Stopped> for BookError {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped.0)
    }
}
