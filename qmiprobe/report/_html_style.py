# SPDX-License-Identifier: GPL-2.0-or-later
"""How the HTML report looks: on a desk, on a telephone, in the dark and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5a6472; --paper: #fff; --card: #f4f6f9;
  --line: #d9dee6; --pass: #187a3d; --warn: #8a5a00; --fail: #b3261e; --broken: #7b2d8b;
  --blocked: #5a6472; --skipped: #5a6472; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b2; --paper: #14181f;
  --card: #1d232d; --line: #323b48; --pass: #5fd08a; --warn: #f0b84a; --fail: #ff8a80;
  --broken: #dd9bea; --blocked: #9aa4b2; --skipped: #9aa4b2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .2rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .4rem 0; }
.about, .source, .follows, footer { color: var(--soft); }
.source, .follows, footer { font-size: .85rem; }
.verdict { border-left: .4rem solid; padding: .5rem 1rem; margin: 1rem 0; background: var(--card);
  font-weight: 600; }
.finding { border: 1px solid var(--line); border-radius: .4rem; padding: 1rem; margin: 1rem 0;
  background: var(--card); }
ul.evidence { margin: .3rem 0; padding-left: 1.2rem; }
ol.ladder { list-style: none; margin: 0; padding: 0; }
ol.ladder > li { display: grid; grid-template-columns: 1.4rem 11rem 1fr; column-gap: .5rem;
  padding: .3rem 0; border-top: 1px solid var(--line); }
ol.ladder .mark { font-weight: 700; text-align: center; }
.pass > .mark, .verdict.pass { color: var(--pass); }
.warn > .mark, .verdict.warn { color: var(--warn); }
.fail > .mark, .verdict.fail { color: var(--fail); }
.broken > .mark, .verdict.broken { color: var(--broken); }
.blocked, .skipped, .verdict.skipped { color: var(--soft); }
code, pre { font: .9rem/1.5 ui-monospace, monospace; }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: .3rem;
  padding: .5rem .7rem; margin: .3rem 0 .8rem; overflow-x: auto; white-space: pre-wrap; }
figure { margin: 1rem 0; } figcaption { font-weight: 600; margin-bottom: .3rem; }
svg { display: block; width: 100%; height: auto; max-width: 44rem; }
svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
svg .axis { stroke: var(--line); fill: none; } svg .mark { fill: var(--pass); stroke: none; }
svg .curve { stroke: var(--pass); fill: none; stroke-width: 1.5; } svg .lost { fill: var(--fail); }
svg .limit { stroke: var(--fail); stroke-dasharray: 4 3; fill: none; }
@media (max-width: 36rem) { ol.ladder > li { grid-template-columns: 1.4rem 1fr; }
  ol.ladder .said { grid-column: 2; } }
@media print { body { font-size: 11pt; } main { max-width: none; padding: 0; }
  .finding, ol.ladder > li, figure { break-inside: avoid; } pre { white-space: pre-wrap; } }
"""
