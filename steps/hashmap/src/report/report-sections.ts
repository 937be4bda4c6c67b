import { comparisonSection } from "./comparison-section.ts";
import { dnaSection } from "./dna-section.ts";
import { profileSection } from "./profile-section.ts";
import { replaySection } from "./replay-section.ts";
import type { ReportContent } from "./report-content.ts";
import type { ReportSection } from "./report-section.ts";

/** What a report says, whatever it is written in: of the replays first. */
export function reportSections({
  replays,
  profile,
  comparison,
  dna,
}: ReportContent): [ReportSection, ...ReportSection[]] {
  return [
    replaySection(replays),
    ...(dna === undefined ? [] : [dnaSection(dna)]),
    ...(profile === undefined ? [] : [profileSection(profile)]),
    ...(comparison === undefined ? [] : [comparisonSection(comparison)]),
  ];
}
