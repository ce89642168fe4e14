//! Tests of all identifiers: vectors, known traps, every code, properties.

use std::collections::BTreeSet;

use super::*;
use crate::domain::base::date::parse_date;

fn today() -> NaiveDate {
    parse_date("2026-03-01").unwrap()
}

/// Inspects and checks what holds of every inspection.
fn inspect(kind: Kind, text: &str) -> Inspection {
    let inspection = kind.inspect(text, today());
    for problem in &inspection.problems {
        let row = CODES.iter().find(|row| row.0 == problem.code).expect(problem.code);
        assert_eq!(row.2, problem.certain, "{}", problem.code);
        let message = &problem.message;
        assert!(message.chars().count() <= 40, "{message}: {}", message.chars().count());
        assert!(!message.ends_with('。') && !message.contains(','), "{message}");
        assert!(["非法", "请", "抱歉"].iter().all(|word| !message.contains(word)), "{message}");
    }
    let codes: Vec<&str> = inspection.problems.iter().map(|problem| problem.code).collect();
    let unique: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), unique.len(), "no code twice: {codes:?}");
    assert_eq!(inspection.is_valid(), inspection.problems.iter().all(|problem| !problem.certain));
    inspection
}

fn codes(kind: Kind, text: &str) -> Vec<&'static str> {
    inspect(kind, text).problems.iter().map(|problem| problem.code).collect()
}

/// Values with the codes that they raise; together they raise every code there is.
fn table() -> Vec<(Kind, String, Vec<&'static str>)> {
    use Kind::*;
    let id = resident_id::complete;
    let credit = credit_code::complete;
    let row = |kind, text: &str, codes: &[&'static str]| (kind, String::from(text), codes.to_vec());
    vec![
        row(ResidentId, "11010519491231002X", &[]),
        row(ResidentId, "11010519491231002x", &[]),
        row(ResidentId, "440524188001010014", &[]),
        row(ResidentId, "34052419800101001X", &["R107"]),
        row(ResidentId, " １１０１０５－１９４９１２３１　００２ｘ", &[]),
        row(ResidentId, "\u{202d}110105 19491231 002X\u{202c}", &[]),
        row(ResidentId, "", &["R101"]),
        row(ResidentId, "11010519491231002", &["R101"]),
        row(ResidentId, "11010519491231002X0", &["R101", "R103"]),
        row(ResidentId, "六个汉字十八", &["R101", "R103"]),
        row(ResidentId, "六个汉字共有十八个字节吗并不是的呢啊", &["R103"]),
        row(ResidentId, "1101054912310020", &["R101"]),
        row(ResidentId, "110105491231002", &["R102"]),
        row(ResidentId, "110105490231002", &["R102", "R104"]),
        row(ResidentId, "11010549123100X", &["R101", "R103"]),
        row(ResidentId, "1101051949X231002X", &["R103"]),
        row(ResidentId, "O10105194912310O2X", &["R103"]),
        row(ResidentId, &id("11010519490231002"), &["R104"]),
        row(ResidentId, &id("11010500001231002"), &["R104"]),
        row(ResidentId, "110105194912310020", &["R105"]),
        row(ResidentId, "110105194902310020", &["R104", "R105"]),
        row(ResidentId, &id("11010520991231002"), &["R106"]),
        row(ResidentId, &id("11010520260302002"), &["R106"]),
        row(ResidentId, &id("11010520260301002"), &[]),
        row(ResidentId, &id("11999919850301001"), &["R107"]),
        row(ResidentId, &id("99010119850301001"), &["R107"]),
        row(ResidentId, &id("33011319850301001"), &[]),
        row(ResidentId, &id("41088120010301001"), &[]),
        row(ResidentId, &id("51370119850301001"), &[]),
        row(ResidentId, &id("51370120050301001"), &["R108"]),
        row(ResidentId, &id("81000019850301001"), &[]),
        row(ResidentId, &id("82000019850301001"), &[]),
        row(ResidentId, &id("83000019850301001"), &[]),
        row(Phone, "13800138000", &[]),
        row(Phone, "+86 138-0013-8000", &[]),
        row(Phone, "8613800138000", &[]),
        row(Phone, "0086 13800138000", &[]),
        row(Phone, "１３８００１３８０００", &[]),
        row(Phone, "028-86740000", &[]),
        row(Phone, "(028) 8674 0000", &[]),
        row(Phone, "0816-2222222", &[]),
        row(Phone, "+86 28 86740000", &[]),
        row(Phone, "+86 10 12345678", &[]),
        row(Phone, "", &["R201"]),
        row(Phone, "1380013800", &["R201"]),
        row(Phone, "138001380000", &["R201"]),
        row(Phone, "1380013800o", &["R202"]),
        row(Phone, "1280013800", &["R201", "R203"]),
        row(Phone, "028-8674", &["R204"]),
        row(Phone, "011-12345678", &["R204"]),
        row(Phone, "00112345678", &["R204"]),
        row(Phone, "013800138000", &["R204"]),
        row(Phone, "028-86740000转1", &["R202", "R204"]),
        row(Phone, "86740000", &["R205"]),
        row(Phone, "无", &["R202", "R205"]),
        row(Phone, "+1 5551234", &["R202", "R205"]),
        row(Email, "Zhang.San+a@Example.COM", &[]),
        row(Email, " ｚ＠qq.com\u{200b}", &[]),
        row(Email, "1@xn--fiq228c.xn--fiqs8s", &[]),
        row(Email, "", &["R211"]),
        row(Email, "zhang.qq.com", &["R211"]),
        row(Email, "a@b@qq.com", &["R211"]),
        row(Email, "a b@qq.com", &["R212"]),
        row(Email, "张三@qq.com", &["R212"]),
        row(Email, "a..b@qq.com", &["R212"]),
        row(Email, "@qq", &["R212", "R213"]),
        row(Email, "a@qq", &["R213"]),
        row(Email, "a@qq。com", &["R213"]),
        row(Email, "a@-qq.com", &["R213"]),
        row(Email, "a@1.2.3.4", &["R213"]),
        row(Email, &format!("{}@qq.com", "a".repeat(65)), &["R214"]),
        row(Email, &"a".repeat(300), &["R211", "R214"]),
        row(PostalCode, "610000", &[]),
        row(PostalCode, "６１００ ００", &[]),
        row(PostalCode, "61000", &["R221"]),
        row(PostalCode, "61000O", &["R221"]),
        row(PostalCode, "邮编", &["R221"]),
        row(SkillCertificate, "Y000051001064253000001", &[]),
        row(SkillCertificate, "s0001 51 001064 25 1 000001", &[]),
        row(SkillCertificate, "", &["R401"]),
        row(SkillCertificate, "Y00005100106425300001", &["R401"]),
        row(SkillCertificate, "1910003001300001", &["R401"]),
        row(SkillCertificate, "X000051001064253O00001", &["R402"]),
        row(SkillCertificate, "Y00005100106425300000A", &["R402"]),
        row(SkillCertificate, "Y000051001064256000001", &["R403"]),
        row(SkillCertificate, "Y000051001064273000001", &["R404"]),
        row(SkillCertificate, "Z000051001064270000001", &["R402", "R403", "R404"]),
        row(SkillCertificate, "Y00005100106425T000001", &["R405"]),
        row(SkillCertificate, "YT00051001064253000001", &["R405"]),
        row(SkillCertificate, "RGN51010000125300001", &["R406"]),
        row(SkillCertificate, "RAN51010000125300001", &["R401", "R402"]),
        row(SkillCertificate, "Y000099001064253000001", &["R407"]),
        row(VocationalCertificate, "1910003001300001", &[]),
        row(VocationalCertificate, "9910003001300001", &[]),
        row(VocationalCertificate, "191000300130000", &["R411"]),
        row(VocationalCertificate, "", &["R411"]),
        row(VocationalCertificate, "Y000051001064253000001", &["R411", "R412"]),
        row(VocationalCertificate, "191000300130000O", &["R412"]),
        row(VocationalCertificate, "1910005001300001", &["R413"]),
        row(VocationalCertificate, "1910003001600001", &["R414"]),
        row(VocationalCertificate, "1910009001000000", &["R413", "R414", "R415"]),
        row(VocationalCertificate, "1910003001300000", &["R415"]),
        row(VocationalCertificate, "1910003001300", &["R416"]),
        row(VocationalCertificate, "5010003001300001", &["R417"]),
        row(FilingNumber, "Y000051001064", &[]),
        row(FilingNumber, "y0000-51-001068", &[]),
        row(FilingNumber, "Y00005100106", &["R421"]),
        row(FilingNumber, "备案", &["R421", "R422"]),
        row(FilingNumber, "Z000051001064", &["R422"]),
        row(FilingNumber, "Y000099001064", &["R423"]),
        row(CreditCode, "91350100M000100Y43", &[]),
        row(CreditCode, "91350100m000100y43", &[]),
        row(CreditCode, &credit("91510100D2143569X"), &[]),
        row(CreditCode, &credit("51510000000000000"), &[]),
        row(CreditCode, "", &["R431"]),
        row(CreditCode, "91350100M000100Y4", &["R431"]),
        row(CreditCode, "91350100M000100Y4Z", &["R432"]),
        row(CreditCode, "9135O100M000100Y43", &["R432"]),
        row(CreditCode, "9135A100M000100Y43", &["R432"]),
        row(CreditCode, "91350100M000100Y44", &["R433"]),
        row(CreditCode, "六个汉字共有十八个字节吗并不是的呢啊", &["R432"]),
        row(CreditCode, &credit("94350100M000100Y4"), &["R434"]),
        row(CreditCode, &credit("91350100M000100Y5"), &["R435"]),
        row(CreditCode, &credit("94350100M000100Y5"), &["R434", "R435"]),
        row(ExaminerCard, "川考 2025-001（甲）", &[]),
        row(ExaminerCard, " ", &["R441"]),
        row(ExaminerCard, &"证".repeat(40), &[]),
        row(ExaminerCard, &"证".repeat(41), &["R441"]),
    ]
}

#[test]
fn every_value_raises_exactly_its_codes() {
    let differences: Vec<String> = table()
        .into_iter()
        .map(|(kind, text, expected)| (kind, codes(kind, &text), text, expected))
        .filter(|(_, found, _, expected)| found != expected)
        .map(|(kind, found, text, expected)| format!("{} {text:?}: {found:?}, not {expected:?}", kind.name()))
        .collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

/// What libraries that were tried got wrong: panics on text of 18 bytes, numbers with something after them, lower case,
/// counties that their tables lack or that are older than the person, births to come, check character 0.
#[test]
fn what_broke_libraries_comes_out_right() {
    let id = resident_id::complete;
    let cases: &[(Kind, String, &[&str])] = &[
        (Kind::ResidentId, "六个汉字十八".to_owned(), &["R101", "R103"]),
        (Kind::ResidentId, "11010519491231002X0".to_owned(), &["R101", "R103"]),
        (Kind::ResidentId, "011010519491231002X".to_owned(), &["R101"]),
        (Kind::ResidentId, "11010519491231002x".to_owned(), &[]),
        (Kind::ResidentId, id("33011319900101001"), &[]),
        (Kind::ResidentId, id("41088119990101001"), &[]),
        (Kind::ResidentId, id("11999919900101001"), &["R107"]),
        (Kind::ResidentId, id("11010520990101001"), &["R106"]),
        (Kind::ResidentId, id("81000019900101001"), &[]),
        (Kind::CreditCode, "六个汉字十八".to_owned(), &["R431", "R432"]),
        (Kind::CreditCode, credit_code::complete("51510000000000000"), &[]),
    ];
    for (kind, text, expected) in cases {
        assert_eq!(codes(*kind, text), *expected, "{} {text}", kind.name());
    }
}

#[test]
fn every_code_is_listed_once_and_raised_by_some_value() {
    let listed: Vec<&str> = CODES.iter().map(|row| row.0).collect();
    let raised: BTreeSet<&str> = table().into_iter().flat_map(|(_, _, codes)| codes).collect();
    assert!(listed.windows(2).all(|pair| pair[0] < pair[1]), "in order, each once");
    assert_eq!(listed, raised.into_iter().collect::<Vec<_>>());
    let names: BTreeSet<&str> = CODES.iter().map(|row| row.1).collect();
    assert_eq!(names.len(), CODES.len());
    for (code, name, _, source) in CODES {
        assert!(
            code.len() == 4 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{code}"
        );
        assert!(!source.is_empty(), "{code}");
    }
}

#[test]
fn kinds_have_names() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.name()), Some(*kind));
    }
    assert_eq!(Kind::parse("resident_id"), None);
}

#[test]
fn resident_id_says_what_it_knows() {
    let inspection = inspect(Kind::ResidentId, "11010519491231002x");
    let parts: Vec<_> = inspection.parts.iter().map(|(key, text)| (*key, text.as_str())).collect();
    assert_eq!(
        parts,
        [
            ("age", "76"),
            ("birth_date", "1949-12-31"),
            ("region", "北京市朝阳区"),
            ("region_code", "110105"),
            ("sex", "female"),
        ]
    );
    assert_eq!(inspection.value, "11010519491231002X");
    let old = inspect(Kind::ResidentId, "513701850301001");
    assert_eq!(old.part("birth_date"), Some("1985-03-01"));
    assert_eq!(old.part("sex"), Some("male"));
    assert_eq!(old.part("region"), Some("四川省巴中地区巴中市"));
    let taiwan = inspect(Kind::ResidentId, &resident_id::complete("83000019850301001"));
    assert_eq!(taiwan.part("region"), Some("台湾"));
    assert!(inspect(Kind::ResidentId, "六个汉字共有十八个字节吗并不是的呢1").parts.is_empty());
}

#[test]
fn messages_tell_length_and_position_but_not_the_number() {
    let message = |text: &str| {
        let problems = inspect(Kind::ResidentId, text).problems;
        problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("|")
    };
    assert_eq!(message("11010519491231002"), "身份证号应为18位，现有17位，核对后改正");
    assert_eq!(message("1101051949X231002X"), "第11位有不该出现的字符，应为数字，末位可为X");
    assert_eq!(message("110105194912310020"), "与校验码不符，至少有一位填错，逐位核对");
    assert_eq!(message(&"证".repeat(18)), "第1、2、3、4、5位等有不该出现的字符，应为数字，末位可为X");
    assert!(message(&"9".repeat(5000)).contains("现有99+位"));
}

#[test]
fn mask_keeps_six_and_four() {
    assert_eq!(resident_id::mask("11010519491231002x"), "110105********002X");
    assert_eq!(resident_id::mask("110105491231002"), "110105*****1002");
    assert_eq!(resident_id::mask("1101051949"), "**********");
    assert_eq!(resident_id::mask("身份证"), "***");
    assert_eq!(resident_id::mask(""), "");
}

#[test]
fn credit_code_says_what_it_knows() {
    let inspection = inspect(Kind::CreditCode, "91350100M000100Y43");
    assert_eq!(inspection.part("department"), Some("工商"));
    assert_eq!(inspection.part("category"), Some("企业"));
    assert_eq!(inspection.part("region"), Some("福建省福州市"));
    assert_eq!(inspection.part("organisation_code"), Some("M000100Y4"));
}

#[test]
fn credit_codes_with_check_character_zero_are_valid() {
    let n_zero = (0..2000)
        .map(|n| credit_code::complete(&format!("9151010000000{n:04}")))
        .filter(|code| code.ends_with('0'))
        .inspect(|code| assert!(inspect(Kind::CreditCode, code).is_valid(), "{code}"))
        .count();
    assert!(n_zero > 40, "{n_zero}");
}

#[test]
fn certificates_say_level_year_and_body() {
    let skill = inspect(Kind::SkillCertificate, "Y000051001064253000001");
    assert_eq!(skill.part("category"), Some("用人单位"));
    assert_eq!(skill.part("issuing_body"), Some("Y000051001064"));
    assert_eq!(skill.part("province"), Some("四川省"));
    assert_eq!(skill.part("year"), Some("2025"));
    assert_eq!(skill.part("level"), Some("3"));
    assert_eq!(skill.part("level_name"), Some("三级/高级工"));
    let special = inspect(Kind::SkillCertificate, "Y00005100106425T000001");
    assert!(special.is_valid());
    assert_eq!(special.part("level"), Some("special_grade"));
    let vocational = inspect(Kind::VocationalCertificate, "9910003001300001");
    assert_eq!(vocational.part("year"), Some("1999"));
    assert_eq!(vocational.part("level_name"), Some("三级/高级工"));
    assert_eq!(inspect(Kind::FilingNumber, "S000151001064").part("category"), Some("社会培训评价组织"));
}

#[test]
fn phones_and_addresses_are_normalised() {
    for (text, value) in [
        ("+86 138-0013-8000", "13800138000"),
        ("（０２８）８６７４００００", "028-86740000"),
        ("+86 28 86740000", "028-86740000"),
        ("08162222222", "0816-2222222"),
    ] {
        assert_eq!(inspect(Kind::Phone, text).value, value, "{text}");
    }
    assert_eq!(inspect(Kind::Email, " Zhang＠Example.COM ").value, "Zhang@example.com");
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    /// The first 17 digits of a number that is possible today.
    fn first_17() -> impl Strategy<Value = String> {
        let regions = prop::sample::select(vec!["510104", "513425", "110105", "330113", "810000", "513701"]);
        (regions, 1930..=2000_i32, 1..=12_u32, 1..=28_u32, 0..=999_u32).prop_map(
            |(region, year, month, day, sequence)| {
                format!("{region}{year:04}{month:02}{day:02}{sequence:03}")
            },
        )
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), kind in prop::sample::select(Kind::ALL.to_vec())) {
            inspect(kind, &text);
            resident_id::mask(&text);
        }

        #[test]
        fn no_almost_identifier_panics(
            text in "[0-9XYSRGNxys@.+ \u{ff10}-\u{ff19}O证-]{0,26}",
            kind in prop::sample::select(Kind::ALL.to_vec()),
        ) {
            inspect(kind, &text);
            resident_id::mask(&text);
        }

        #[test]
        fn inspecting_the_value_again_changes_nothing(
            text in "[0-9XYSxys@.+ -]{0,26}",
            kind in prop::sample::select(vec![
                Kind::ResidentId,
                Kind::CreditCode,
                Kind::SkillCertificate,
                Kind::VocationalCertificate,
                Kind::FilingNumber,
                Kind::PostalCode,
            ]),
        ) {
            let once = inspect(kind, &text);
            prop_assert_eq!(&inspect(kind, &once.value), &once);
        }

        #[test]
        fn a_number_with_its_check_character_is_valid(first_17 in first_17()) {
            let number = resident_id::complete(&first_17);
            prop_assert!(inspect(Kind::ResidentId, &number).is_valid(), "{}", number);
            prop_assert!(inspect(Kind::ResidentId, &number.to_lowercase()).is_valid());
        }

        #[test]
        fn one_changed_digit_makes_a_number_invalid(
            first_17 in first_17(),
            position in 0..18_usize,
            digit in 0..=9_u32,
        ) {
            let number = resident_id::complete(&first_17);
            let digit = char::from_digit(digit, 10).unwrap();
            let changed: String =
                number.chars().enumerate().map(|(index, old)| if index == position { digit } else { old }).collect();
            prop_assume!(changed != number);
            prop_assert!(!inspect(Kind::ResidentId, &changed).is_valid(), "{} {}", number, changed);
        }

        #[test]
        fn one_changed_character_makes_a_credit_code_invalid(
            serial in 0..100_000_000_u32,
            position in 0..18_usize,
            character in prop::sample::select("0123456789ABCDEFGHJKLMNPQRTUWXY".chars().collect::<Vec<_>>()),
        ) {
            let code = credit_code::complete(&format!("91510100{serial:08}X"));
            prop_assert!(inspect(Kind::CreditCode, &code).is_valid());
            let changed: String =
                code.chars().enumerate().map(|(index, old)| if index == position { character } else { old }).collect();
            prop_assume!(changed != code);
            prop_assert!(!inspect(Kind::CreditCode, &changed).is_valid(), "{} {}", code, changed);
        }
    }
}
