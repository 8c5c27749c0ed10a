"""Extraction: from segments to the record, every value with its place."""

from collections.abc import Sequence
from typing import Any

from pv_extract.accounting import corrections, segments_of, unclaimed
from pv_extract.blocks import Block, Layout
from pv_extract.deliberations.decisions import deliberations
from pv_extract.doubts import doubts, not_minutes
from pv_extract.evidence import Found, split
from pv_extract.meeting import head_counts, header, movements, officers, organization, proceedings, sitting
from pv_extract.members.enrolment import link
from pv_extract.members.linking import (
    all_relinked,
    member_tree,
    named_in_full,
    proven_present,
    spelled_out,
    with_chair,
    with_proven,
    with_signers,
)
from pv_extract.members.names import read_name
from pv_extract.members.presence import with_presence
from pv_extract.members.proxies import proxies_in
from pv_extract.members.roster import Roster, installed
from pv_extract.members.signers import signers
from pv_extract.members.witnesses import witnesses
from pv_extract.provenance import reading_findings, source_of
from pv_extract.records import SCHEMA_VERSION, Finding, Record
from pv_extract.segmentation.sections import Segments

SUMMONS = ("convocation", "ordre_du_jour")


def extract(layout: Layout, segments: Segments) -> Record:
    """The record of the minutes. Every non-null value has evidence; a value in doubt is left out."""
    head = header.head_blocks(layout, segments)
    date = sitting.meeting_date(layout, head)
    year = int(date.value[:4]) if date else None
    roster, chair, secretaries = officers_of(layout, segments, head)
    speeches = proceedings.discussion(layout, segments, roster)
    happened = movements.events(layout, segments, roster)
    roster = proven(roster, chair, secretaries, speeches, happened)
    tree = {
        "meeting": {
            **meeting_tree(layout, segments, head, date, roster),
            "chair": chair,
            "secretaries": secretaries,
        },
        "attendance": {
            "members": [member_tree(m) for m in roster.members],
            "others": others(layout, segments),
            "stated": head_counts.stated_counts(layout, head),
            "quorum": head_counts.quorum(layout, head),
        },
        "agenda": proceedings.agenda(layout, segments),
        "upcoming": proceedings.upcoming(layout, segments, year),
        "approvals": proceedings.approvals(layout, segments, date),
        "deliberations": with_presence(decisions(layout, segments, roster, year), happened, roster),
        "events": happened,
        "discussion": speeches,
    }
    if is_minutes(segments, tree):
        return assembled(layout, segments, tree, doubts(layout, segments))
    return assembled(layout, segments, without_meeting(tree), [not_minutes()])


def meeting_tree(
    layout: Layout, segments: Segments, head: Sequence[Block], date: Found | None, roster: Roster
) -> dict[str, Any]:
    """What the head says of the meeting, its officers aside."""
    kind = header.document_kind(layout, head)
    sitting_told = header.register_kind(date) if len(segments.of("deliberation")) > 1 else None
    start = sitting.start_time(layout, head)
    body = organization.body_tree(layout, head)
    holder = organization.organization_tree(layout, head, body)
    return {
        "document_kind": kind or sitting_told,
        "title": header.meeting_title(layout, kind),
        "organization": holder,
        "body": organization.qualified(body, holder),
        "date": date,
        "start_time": start,
        "end_time": sitting.end_time(layout, start, head),
        "place": sitting.place_of(layout, head),
        "mode": sitting.mode_of(layout, head, roster),
        "public": sitting.publicity(layout, head),
        "convocation_date": sitting.convocation_date(layout, head, date),
    }


def decisions(layout: Layout, segments: Segments, roster: Roster, year: int | None) -> list[Found]:
    """The deliberations; whoever is elected mayor or president holds that office in those that follow."""
    out: list[Found] = []
    for section in segments.of("deliberation"):
        out += deliberations(layout, section, roster, year)
        roster = installed(layout, section.blocks, roster)
    return out


def officers_of(layout: Layout, segments: Segments, head: Sequence[Block]) -> tuple[Roster, Found | None, list[Found]]:
    """The roster, whoever presides and whoever writes, linked to one another."""
    told = proxies_in(layout, [b for b in head if b.index not in segments.roll_call.blocks])
    roster = link(layout, segments.roll_call, told)
    listed = any(entry.status in ("present", "remote", "unknown") for entry in segments.roll_call.entries)
    if not listed and (signed := signers(layout)):
        roster, listed = with_signers(layout, roster, signed), True
    chair = officers.chair_of(layout, head, roster)
    roster = with_chair(layout, roster, chair, listed)
    chair = officers.chair_of(layout, head, roster) if chair else None
    roster = all_relinked(roster)
    secretaries = officers.secretaries(layout, head, roster)
    roster = spelled_out(layout, roster)
    roster = named_in_full(layout, roster, [chair, *secretaries, *(m.proxy_to for m in roster.members)])
    if not listed:
        seen = witnesses(layout, segments.blocks_of("deliberation", "discussion", "text", "procedure"))
        roster = with_proven(layout, roster, [chair, *secretaries, *(m.proxy_to for m in roster.members), *seen])
        roster = all_relinked(with_chair(layout, roster, chair, listed))
    return roster, officers.chair_of(layout, head, roster), officers.secretaries(layout, head, roster)


def proven(
    roster: Roster, chair: Found | None, secretaries: list[Found], speeches: list[Found], events: list[Found]
) -> Roster:
    """The roster where the text proves who was there; who arrived late proves nothing about the opening."""
    late = {e.value["person"].value["id"] for e in events if e.value["kind"].value == "arrival" and e.value["person"]}
    holders = [m.proxy_to for m in roster.members if m.proxy_to]
    speakers = [s.value["speaker"] for s in speeches if s.value["speaker"].value["id"] not in late]
    return proven_present(roster, [chair, *secretaries, *holders, *speakers])


def others(layout: Layout, segments: Segments) -> list[Found]:
    """Staff and guests."""
    out = []
    for entry in segments.roll_call.entries:
        if entry.status is None:
            role = Found(layout.read(entry.role), entry.role, entry.rule) if entry.role else None
            out.append(Found({"name": read_name(layout.read(entry.name)).full, "role": role}, entry.name, entry.rule))
    return out


def assembled(layout: Layout, segments: Segments, tree: dict[str, Any], findings: list[Finding]) -> Record:
    """The validated record of a tree, with all that accounts for the rest of the source."""
    plain, evidence = split(layout, tree)
    document = layout.document
    parts = segments_of(layout, segments, tree)
    return Record.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "source": source_of(document),
            **plain,
            "segments": [p for p in parts if p.kind != "unclaimed"],
            "unclaimed": unclaimed(layout, parts),
            "findings": [*findings, *reading_findings(document)],
            "corrections": corrections(layout),
            "evidence": evidence,
        }
    )


def is_minutes(segments: Segments, tree: dict[str, Any]) -> bool:
    """Whether a document tells a meeting: two of the signs of minutes, more where it calls itself a summons."""
    meeting, attendance = tree["meeting"], tree["attendance"]
    called = meeting["document_kind"].value if meeting["document_kind"] else None
    rolls = segments.roll_call.rolls
    voted = any(found.value["vote"] and found.value["vote"]["outcome"] for found in tree["deliberations"])
    signs = [
        called is not None and called not in SUMMONS,
        rolls,
        meeting["chair"],
        meeting["secretaries"],
        meeting["end_time"] or segments.of("closing"),
        attendance["quorum"]["reached"],
        tree["approvals"],
        len(tree["deliberations"]) > 1,
        (rolls or called == "liste_des_deliberations") and voted,
        rolls and meeting["date"] and meeting["body"]["name"],
    ]
    return sum(map(bool, signs)) >= (4 if called in SUMMONS else 2)


def without_meeting(tree: dict[str, Any]) -> dict[str, Any]:
    """What may be said of a document that is no minutes: its kind, whose it is; of a summons also what it announces."""
    meeting = tree["meeting"]
    summons = meeting["document_kind"] and meeting["document_kind"].value in SUMMONS
    kept = ["document_kind", "title", "organization", "body", *(("date", "start_time", "place") if summons else ())]
    return {"meeting": {key: meeting[key] for key in kept}, "agenda": tree["agenda"] if summons else []}
