"""JUnit XML, as Jenkins, GitLab and others read it: a suite for each file, a case for each rule."""

import re

from lxml import etree

from pv_extract.checks import Words, sheets
from pv_extract.messages import words
from pv_extract.reports.report import Checked, Report, Reported
from pv_extract.reports.wording import sentence

ILLEGAL = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that XML 1.0 forbids


def render(report: Report) -> str:
    """The report as XML; findings that make the check fail are failures, the others are told in their case."""
    root = etree.Element("testsuites", name="pv-extract check")
    for file in report.files:
        root.append(suite(file))
    totals(root)
    etree.indent(root, " ")
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written.decode() + "\n"


def suite(file: Checked) -> "etree._Element":
    """One file: its rules that found something, could not be evaluated, or found nothing."""
    element = etree.Element("testsuite", name=legal(file.path))
    if file.problem:
        broken = case(element, file, "read", words("can be read", "est lisible"))
        etree.SubElement(broken, "error", message=legal(words(*file.problem)))
    found = {each.finding.rule for each in file.found}
    skipped = {each.rule: each.reason for each in file.skipped if each.rule not in found}
    for rule in sorted({*found, *skipped, *file.passed}):
        here = case(element, file, rule, words(*sheets()[rule].title))
        fill(here, [each for each in file.found if each.finding.rule == rule], skipped.get(rule))
    totals(element)
    return element


def case(parent: "etree._Element", file: Checked, rule: str, title: str) -> "etree._Element":
    """The case of a rule."""
    return etree.SubElement(
        parent, "testcase", classname=legal(file.path), name=f"{rule} {title}", file=legal(file.path)
    )


def fill(case: "etree._Element", found: list[Reported], skipped: Words | None) -> None:
    """What the rule found, or why it was not evaluated."""
    failing = [each for each in found if each.fails]
    if failing:
        text = legal("\n".join(sentence(each.finding) for each in failing))
        etree.SubElement(case, "failure", type=failing[0].finding.severity, message=text.split("\n")[0]).text = text
    elif skipped:
        etree.SubElement(case, "skipped", message=words(*skipped))
    if told := [each for each in found if not each.fails]:
        etree.SubElement(case, "system-out").text = legal("\n".join(sentence(each.finding) for each in told))


def totals(element: "etree._Element") -> None:
    """Count the cases below an element, by outcome."""
    for name, path in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(len(element.findall(f".//{path}"))))


def legal(text: str) -> str:
    """The text without what XML forbids: OCR yields control characters, file names may hold any bytes."""
    return ILLEGAL.sub("\ufffd", text)
