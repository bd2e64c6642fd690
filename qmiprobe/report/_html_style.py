# SPDX-License-Identifier: GPL-2.0-or-later
"""How the HTML report looks: on a desk, on a telephone, in the dark and on paper."""

from __future__ import annotations

STYLE = """
:root { --ink: #1d2430; --soft: #5a6472; --paper: #fff; --card: #f4f6f9;
  --line: #d9dee6; --pass: #187a3d; --warn: #8a5a00; --fail: #b3261e; --broken: #7b2d8b;
  --blocked: #5a6472; --skipped: #5a6472; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b2;
  --paper: #14181f; --card: #1d232d; --line: #323b48; --pass: #5fd08a; --warn: #f0b84a;
  --fail: #ff8a80; --broken: #dd9bea; --blocked: #9aa4b2; --skipped: #9aa4b2; } }
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
pre code { display: block; padding-left: 2ch; text-indent: -2ch; font-size: 1em; }
figure { margin: 1.2rem 0; max-width: 44rem; } figcaption { font-weight: 600; }
svg { display: block; width: 100%; overflow: hidden; }
table.bars { width: 100%; border-collapse: collapse; margin: .3rem 0; }
.bars th, .bars td { padding: .15rem 0; font-weight: 400; text-align: left; vertical-align: middle;
  overflow-wrap: normal; }
.bars .bar { width: 100%; padding: 0 .7rem; } .bars th, .bars td:last-child { white-space: nowrap; }
.bars svg { height: .9rem; } .field svg { height: 1.6rem; } .field { margin: .3rem 0; }
.plot { display: grid; grid-template-columns: auto 1fr 1fr; column-gap: .5rem; margin: .3rem 0;
  font-size: .85rem; color: var(--soft); }
.plot svg { grid-area: 1 / 2 / 3 / 4; height: 9rem; overflow: visible; }
.plot span { white-space: nowrap; }
.plot span:nth-of-type(2) { grid-area: 2 / 1; align-self: end; text-align: right; }
.plot span:nth-of-type(3) { grid-area: 3 / 2; }
.plot span:nth-of-type(4) { grid-area: 3 / 3; text-align: right; }
.keys { font-size: .85rem; color: var(--soft); display: flex; flex-wrap: wrap;
  gap: .1rem 1.2rem; }
.key { display: inline-block; border: .4rem solid; margin-right: .4rem; vertical-align: -.1rem; }
.axis { fill: none; stroke: var(--line); } .mark { fill: var(--pass); }
.lost { fill: var(--fail); } .unsure { fill: var(--warn); }
.limit, .gone { fill: none; stroke: var(--fail); stroke-width: 2; }
.limit { stroke-dasharray: 4 3; stroke: var(--ink); } .gone { stroke-opacity: .7; }
.dots { fill: none; stroke: var(--pass); stroke-width: 4; stroke-linecap: round; }
.late { fill: none; stroke: var(--warn); stroke-width: 4; }
.median, .p95 { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.p95 { stroke-dasharray: 5 4; }
.key.axis { border: 1px solid var(--line); padding: calc(.4rem - 1px); }
.key.mark { border-color: var(--pass); } .key.lost { border-color: var(--fail); }
.key.unsure, .key.late { border-color: var(--warn); }
.key.dots { border: .25rem solid var(--pass); border-radius: 50%; vertical-align: .1rem; }
.key.gone, .key.limit { border-width: 0 0 0 2px; height: .8rem; border-color: var(--fail); }
.key.limit { border-style: dashed; border-color: var(--ink); }
.key.median, .key.p95 { border-width: 2px 0 0; border-color: var(--ink); width: 1.2rem;
  vertical-align: .25rem; }
.key.p95 { border-top-style: dashed; }
@media (max-width: 36rem) { ol.ladder > li { grid-template-columns: 1.4rem 1fr; }
  ol.ladder .said { grid-column: 2; }
  .bars tr { display: grid; grid-template-columns: 1fr auto; padding: .2rem 0; }
  .bars .bar { grid-area: 2 / 1 / 3 / 3; padding: 0; } }
@media print { body { font-size: 11pt; } details { display: none; } h2 { break-after: avoid; }
  main { max-width: none; padding: 0; }
  .finding, ol.ladder > li, figure { break-inside: avoid; } pre { white-space: pre-wrap; } }
"""
