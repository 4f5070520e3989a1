/**
 * The guideline that ships with the default scheme. Rules keep their numbers for ever: decisions cite them. A rule that falls away
 * leaves a gap; a new one takes the next free number of its section. All examples are invented.
 */
export const DEFAULT_GUIDELINE = `# How we mark

Four labels: **claim**, **attribution**, **denial** and **editorial framing**. In the examples the words to mark are **bold**.

## 0 Before you begin

### 0.1 Read first

Read the whole article once without marking. Then work from the top down: headline, standfirst, subheadings, body.

### 0.2 What is marked

Only what is in scope. Captions, links to other articles, tags, comment forms and leftovers of the page are dimmed and stay bare; so do readers' comments, unless the project says otherwise. If a region has the wrong role, tell an editor rather than marking around it.

### 0.3 Wording, not truth

Mark what the text says, not whether it is so. A claim that you know to be false is a claim. A source that lies is still a source.

### 0.4 Copies

If the article repeats one that has been settled, each decision is offered to you. Look at each of them in this text and take or leave it; do not mark from memory.

## 1 Claim

### 1.1 What a claim is

A stretch that puts forward something about the world which evidence could bear out or contradict, now or at a time that it names. It does not matter who says it: the outlet, a person it quotes, a document.

### 1.2 Where it begins and ends

Take the smallest clause that can be understood by itself, or the noun phrase that stands for one. Inside: who, what, when, where, how much, and *not*. A hedge that stands inside the clause stays inside. Outside: a leading "that", the words that name the source, the quotation marks around it, the full stop.

> The warden said that **the east gate was left open overnight**.

### 1.3 One proposition a claim

Where two statements are joined and one could be true without the other, mark two.

> **The depot was searched on Monday** and **two lorries were taken away**.

Do not cut up what is one event with its circumstances: *a lorry with forged plates left the depot at night* is one claim.

### 1.4 Two tests

Mark it if you could write the question *did this happen?* (*is this so?*) from it and look for an answer, and if saying the opposite would tell a reader something. Questions, definitions and pure judgements of taste fail.

### 1.5 Demands

"The mill must stop its careless dumping" asks for something, and takes something for granted that can be checked. It is a claim: *type* demand, *checkable* partly.

### 1.6 Accusations and charges

In "accused the mill of dumping dye at night" the claim is **dumping dye at night** with its subject, *likelihood* alleged. So are charges, indictments and suspicions: the level that a court needs is not said. An accusation that is only named ("the dumping affair") is a claim only if the sentence nowhere says it more fully.

### 1.7 Future and condition

"The bridge will close in May" is a claim, *type* prediction. "If the levee gives way, the lower town floods" is one claim, *likelihood* conditional; the condition is inside.

### 1.8 The attributes of a claim

- *Type*: event (something happened), responsibility (someone did or caused it), quantity (how much), assessment (a judgement drawn from evidence), prediction, demand.
- *Quotation*: direct if all of it stands in quotation marks, mixed if a part does, indirect if it is reported in other words, none if the outlet speaks.
- *Likelihood*, *confidence*, *hedge*: section 5.
- *Checkable*: yes, partly, no; for what you could find out with time and access, not for what is easy.
- *Source*: given if the text says who says so, inferred if it can be told from what stands around it, missing if it cannot.
- *Outlet*: endorses if the outlet says it itself or uses a cue that takes it for true ("noted", "revealed"); reports if the cue is neutral; distances if the cue or the quotation marks hold it off ("claimed", "so-called").

### 1.9 Three claims

> **Forty sacks of grain were missing from the north store**, the clerk wrote.

A number that an inventory can bear out. *Type* quantity.

> The inspectors are almost sure that **the fire was set by hand**.

*Type* responsibility: somebody did it, though nobody is named. The hedge stands in the frame; its words, "almost sure", go into *hedge*.

> “**No ferry will run before the thaw**,” she warned.

*Type* prediction, *quotation* direct.

### 1.10 Three that are not

> Who had the key to the north store?

A question puts nothing forward.

> A weir is a low dam across a river.

A definition: nobody would report its opposite.

> It was a sad day for the valley.

Nothing could show it to be wrong. If the words steer the reader, look at section 4.

## 2 Attribution

### 2.1 What an attribution is

The words that hand content over to a source: the source and the cue, such as "the miller said" or "according to the minutes".

### 2.2 Where it begins and ends

From the first word of source or cue to the last. Titles, and the time and place of speaking where they stand between or right behind, are inside. The content is outside.

> **Toll clerk Anna Reuss said on Friday at the weir** that the books were in order.

### 2.3 When the content stands between

Mark the part with the cue and write the source into *source*. When the source is not said again (", adding that …") mark the cue alone.

### 2.4 Two tests

Take the words away: does the content now stand as the outlet's own word? And is the verb one of saying, thinking, knowing, ruling or showing, rather than of doing? "Ruled", "charged", "showed" hand something over; "dismissed the clerk" does not.

### 2.5 One cue, one attribution

Two cues of one source are two attributions. A source that passes on another's words is a chain: link the inner to the outer with *nested in*.

### 2.6 No source, no attribution

"The levee is feared to be weak" names nobody. Mark the claim with *source* missing, and no attribution. A quotation without a source that the paragraph makes plain is a claim with *source* inferred.

### 2.7 The attributes of an attribution

- *Source*: the words that name it, or the name that the article uses for it.
- *Source type*: person (with a name), body, anonymous, document (reports, letters, measurements), collective ("residents"), unresolved.
- *Cue stance*: neutral (said), endorsing (pointed out, exposed), distancing (claimed, insisted), intensifying (thundered, vowed).
- *Utterance*: reported if it has been said, anticipated if it is to come ("will tell the council").

### 2.8 Three attributions

> **According to the harbour log**, the barge left empty.

A document can be a source.

> The sluice was open, **noted two keepers who asked not to be named**.

*Source type* anonymous, *cue stance* endorsing: one can only note what is so.

> **Mill to council:** the dam is safe

A colon or dash in a headline is a cue.

### 2.9 Three that are not

> The council dismissed the keeper.

An action, not a report of words.

> The “friends of the river” met again.

Quotation marks for distance: section 4.

> Reuss, the toll clerk since spring, arrived late.

A source that hands nothing over.

## 3 Denial

### 3.1 What a denial is

Someone rejects, plays down or takes back something that has been said or stands in the air.

### 3.2 Where it begins and ends

The whole clause that rejects. When the verb itself says no, source and verb are inside. When the rejected matter has a clause of its own, mark that clause as the denial and the frame as an attribution.

> **The mill denies any part in the spill.**

> The miller said **the drawings are a forgery**.

In the second, "The miller said" is an attribution.

### 3.3 Its target

Every denial says what it denies: a link *denies* to a claim, here or in another article, or the words of a target that stands nowhere. When it rejects everything in general, write "generic" and what it is about.

### 3.4 Its kind

Outright (it is not so, it was not us); dismissal (an attack on motive, skill or form in place of an answer); clarification (limits what the same party said before); refusal (will not speak of it).

### 3.5 Does it answer?

Compare it with what was said. *Answers* is accusation if the party rejects what it is accused of, something-else if it rejects another matter, unclear if the text does not tell. The second is often the finding.

### 3.6 Denial or claim

If a stretch would do as both, it is a denial. A negation that nobody had said the opposite of is a claim. A counter-accusation is a claim with a link *counters*. The outlet's own doubt is framing.

### 3.7 Who denies

*Source* and *source type* as for an attribution (rule 2.7), also when the words that name the source stand inside the denial.

### 3.8 Three denials

> **The guild rejects the figures.**

Outright; the link goes to the claim with the figures.

> “**A tale spun by rivals**,” the miller called it.

A dismissal: it attacks the tellers and leaves the matter alone.

> Reuss added that **she had meant last year's books only**.

A clarification of her own earlier words.

### 3.9 Three that are not

> No ferry ran on Sunday.

Nobody had said that one did: a claim.

> The guild said that the council had hidden the same figures for years.

A counter-accusation: a claim with *counters*.

> It is hard to believe that nobody saw the smoke.

The outlet's own doubt: framing, speculation or opinion.

## 4 Editorial framing

### 4.1 What editorial framing is

The outlet's own choice of words or facts where it pushes the reader further than the report needs.

### 4.2 All of three tests

Can you write it neutrally without losing a fact? Is it the outlet's, outside every quotation and not plainly the source's wording in other words? Would someone of the other side object to the wording rather than to the fact? Three times yes: mark it. Otherwise leave it.

### 4.3 Where it begins and ends

A loaded word or phrase: just that. A background fact, a speculation, an opinion: the clause.

### 4.4 Its kind

- *Lexical*: a loaded word or label ("shadowy").
- *Cue verb*: one that judges what the source said ("admitted", "refuted").
- *Scare quotes*: one or two words in quotation marks to hold them off. A short quotation that carries content is none.
- *Informational*: background, generalisation or two facts side by side that insinuate a third.
- *Speculation*: what might be behind it, with nobody to answer for it.
- *Opinion*: the outlet's own verdict.
- *Presupposition*: guilt taken for granted ("before the miller's next crime").

### 4.5 The reason

One line that says what the words do and what a neutral wording would be. Without it the mark does not count.

### 4.6 Framing stands with other labels

The same stretch may be a claim or a denial too: mark both. Neither takes the place of the other.

### 4.7 Three framings

> The **murky** deal was signed in spring.

Lexical; "the deal" keeps every fact.

> The guild's **“experts”** spoke last.

Scare quotes: it denies them the title without saying so.

> **It was not the first time that smoke had risen when accounts were due.**

Informational: two facts placed so that the reader draws the conclusion.

### 4.8 Three that are not

> “A shameful bargain,” the keeper said.

Loaded, but hers and quoted as hers.

> The council voted nine to two against the dam.

Unwelcome to one side, but plain fact: nothing to reword.

> The mill burned down in a devastating fire that killed four.

Strong, and no more than what happened; neither side would object.

## 5 Hedges

### 5.1 Two scales

*Likelihood* is how probable the thing is said to be. *Confidence* is how sure someone is of their judgement. "Concludes with high confidence that it was very likely" has both: confidence high, likelihood very likely. Confidence is high, moderate or low where it is spoken of, and none where it is not.

### 5.2 Likelihood

| value | said with |
|---|---|
| certain | no hedge at all; "is certain" |
| near certain | almost certainly, 95 in 100 and more |
| very likely | very or highly likely, 80 to 95 in 100 |
| likely | probably, likely, "must have" |
| possible | may, might, could (of possibility) |
| alleged | accused, charged, suspected, allegedly: no level is given |
| conditional | if, unless, provided that |
| unspecified | hedged, but none of these; say in the note how |

The first five are in order; the others stand outside of it.

### 5.3 Could

After a verb of saying in the past, "could" may be "can" put back in time: then *likelihood* is unspecified, with a note.

### 5.4 About numbers

"At least", "about", "nearly" belong to the quantity and are no hedge of likelihood.

### 5.5 The words

*Hedge* takes the hedge's own words, wherever they stand: in the claim, in its frame, in the sentence before.

## 6 Links

### 6.1 The six links

- *attributes*: from an attribution to each claim or denial that it hands over.
- *denies*: from a denial to what it rejects.
- *nested in*: from an inner attribution to the one around it, outermost first.
- *counters*: from a claim or denial to a claim that it is set against.
- *frames*: from a framing to what it colours, where that can be said.
- *continues*: from the first part of what a frame interrupts to the next part, of the same label.

> **The helpers**, she said, **had left before dawn**.

Two parts of one claim, joined by *continues*. Where the parts are far from each other, mark the part with the verb and name the subject in the note.

### 6.2 How many

As many as the text says. A frame that hands over three claims has three links.

## 7 In doubt

### 7.1 The order of decisions

1. Is it in scope? If not, leave it.
2. Does someone reject something? Denial.
3. Is it the frame that reports speech or thought? Attribution.
4. Could evidence bear on it? Claim.
5. Is it the outlet's steering? Framing, besides whatever it is already.
6. Otherwise nothing.

### 7.2 Still unsure

Mark it, set *uncertain* and write in the note why. Do not skip in silence: what nobody marks, nobody can settle.

## 8 Working together

### 8.1 Alone first

Do not talk about an article before both have submitted. What you cannot see, you cannot copy.

### 8.2 Edges

A comma more or less does not matter much: agreement is shown with the edges as they are and with outer signs left off. A word more or less does matter.

### 8.3 Reasons

A decision takes a reason: boundary, label, missed, spurious, split, source, target, hedge, link, guideline gap, other. *Guideline gap* asks for a change of this text. Cite the rule that decided, by its number.

### 8.4 This text changes

Each version is kept, and each span remembers the version under which it was made. Do not go back over old articles when a rule changes, unless an editor asks for it.
`;
