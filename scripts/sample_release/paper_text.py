"""The words of the two-column paper, and where its long words may be divided."""

# Places where a word may be divided at a line end (American practice).
DIVIDED = """
ac-cord-ing ad-min-is-tra-tive af-ter-wards al-go-rithm al-go-rithms al-though an-oth-er ap-pli-ca-tion ap-plied
ar-gu-ment ar-ti-fi-cial as-sem-bly au-thor-i-ties au-thor-i-ty au-to-mat-ed bi-o-met-ric bi-o-met-rics cam-eras
can-celled cat-e-go-ry cit-i-zen cit-i-zens clear-ance col-lect-ed col-lec-tion com-pa-nies com-pat-i-ble
com-plet-ed con-cerned con-clu-sion con-di-tion con-di-tions con-sent de-vel-op-ment dif-fer-ence dif-fer-ent
doc-u-ment doc-u-ments ex-cep-tion ex-plic-it fig-ure fig-ures for-eign-ers gen-der hand-ed iden-ti-fi-ca-tion
im-ages im-mi-gra-tion in-for-ma-tion in-tel-li-gence in-ter-na-tion-al in-tro-duced law-ful-ness learn-ing
mem-o-ran-dum min-is-ter min-is-tries min-is-try na-tion-al-i-ty na-tion-als nec-es-sary ob-tained or-di-nary
par-tic-u-lar per-son-al po-si-tion pri-vate pro-ces-sor prod-uct pro-tec-tion pro-vi-sion pro-vi-sions pur-pose
pur-poses ques-tion ques-tions re-ceived re-con-struc-tion re-tract-ed re-quest-ed screen-ing sec-ond-ary
sep-a-rate sep-a-rate-ly some-thing stat-ute sub-jects sys-tem tech-nol-o-gy test-ing track-ing train-ing
trav-el-ler trav-el-lers trans-fer un-der-stand un-der-stood with-out writ-ten
"""

TEXT = """
<b>Abstract.</b> Faces taken at the immigration screening of a country were used to train artificial intelligence.
This note sorts the questions that follow: on what basis a face may be taken, whether what was taken for one
purpose may be used for another, and what the absence of consent means for both. It uses only facts that are
publicly known, and decides nothing.

# 1. Introduction

The project known as the AI identification and tracking system (인공지능 식별추적시스템 구축사업) rests on a
memorandum that the Ministry of Justice and the Ministry of Science and ICT (MSIT) concluded in April 2019. It is
to be completed in 2022. Images of faces, together with nationality, gender and age, are taken at immigration
screening, passed to MSIT, and passed on to private companies.

What makes the project a subject for lawyers is less its technology than its material. The images were not made for
it. They existed because travellers must be screened, and they were put to another use afterwards, without the
consent of the persons they show. Each of these three circumstances raises a question of its own, and to answer
one of them is not yet to have answered the others.

# 2. The facts

@volume

The images number about 170 million where a round figure is given. The sum given in the papers is 177.6 million,
composed as Table 1 shows. Of these, 100 million were used for the learning of an artificial intelligence and 20
million for the testing of algorithms. Nothing in the papers says whether the two sets overlap, nor how nationals
and foreigners are divided between them. That the two uses add up to 120 million, which is also the number of the
images of foreigners, must not be read as saying that the one is the other.

@steps

The equipment at the airport is a separate matter. Around the immigration area of Incheon International Airport
there are 88 cameras; 50 of them are able to capture the biometrics of a face. The National IT Industry Promotion
Agency (NIPA) plans more than 100 more. An image taken by such a camera is not necessarily an image taken at a
screening desk: a person may come into view who is not being screened at that moment, or at all. Whether and how
often this occurs is not known from the papers.

# 3. The basis for taking

The Immigration Act allows the collection of biometric information only from those citizens who have applied for
automated clearance. Automated clearance was introduced in 2008. The provision therefore divides citizens into two
groups. For those who applied, there is a basis, and the question is how far it reaches. For those who did not
apply, the question is whether there is any basis at all.

For the first group it matters what an application is. It may be understood as an agreement to be recognised by a
machine instead of by an officer, for the sake of a shorter wait. On that understanding it says nothing about the
training of algorithms. It may also be understood more broadly, as an agreement to whatever serves the operation of
automated clearance, its improvement included. On that understanding the argument turns on whether the training of a
system for identification and tracking is an improvement of automated clearance or something different.

For foreigners other provisions may apply. They are not discussed here, since the known facts do not reach so far;
but two thirds of the images are theirs, and a discussion that speaks of citizens alone leaves out the greater part.

# 4. Secondary use

The Personal Information Protection Act is in question because of the change of purpose. Whoever holds that there
was no change must describe the purpose of screening so broadly that the development of a technology falls within
it. Whoever holds that there was one must ask for the exception under which a use outside the purpose is
permitted, and for the conditions of that exception.

A further distinction runs across this one. A company that works with data on behalf of an authority, and under its
instructions, is a processor; a company that receives data for its own ends is a third party. The conditions differ,
and so does the answer to the question who is to be asked for deletion. Which of the two the companies were cannot
be told from the number of images they received, nor from the fact that a memorandum between two ministries stands
at the beginning.

It may be said that an algorithm contains no faces. That would be an argument about the product and not about the
making of it. Even if nothing of a face were left in the finished system, the face was used when the system was
trained, and it is this use for which a basis has to be shown.

# 5. Consent

The consent of the subjects was not obtained. From this alone it does not follow that the project was unlawful,
since consent is one basis among several; but it does follow that another basis has to be named. Nor does it help
to point out that asking every traveller would have been impractical. Where a statute makes consent the rule, the
difficulty of asking is a reason to do without the data, or to change the statute, and not a reason to do without
the consent.

The quality of biometric information adds weight to this. It cannot be replaced when it has been lost, and it
identifies a person who is unaware of being identified. If the information is of a particular category, for which a
separate and explicit consent is asked, then the absence of an ordinary one can hardly be overlooked.

# 6. Positions taken

Assembly member Park Joo-min requested the papers and received a reply. It is the position of the minister that the
project cannot be retracted or cancelled. Six civic groups have stated a joint position, in which the absence of
consent is the central point. The three do not answer one another: the reply states facts, the minister speaks of
the continuation of the project, and the groups speak of its lawfulness. A reader who compares them should keep
the three questions apart.

# 7. On quoting the papers

The papers do not agree in every figure. Some say 170 million and some 177.6 million; the images of nationals
appear as
57.6 million in one place and as 5,764만 여 건, somewhat more than 57.64 million, in another. None of these is an
error that a reader may correct in silence. A quotation should give the figure as it stands, name the document and
the page as printed, and leave the comparison to the text around it.

# 8. What the papers leave open

Whoever works with the papers will soon come upon what they do not contain. They do not say how many of the images
of nationals show persons who had applied for automated clearance. They do not say when the images were handed
over, nor on how many occasions, nor in what form. They name no company and no sum of money. They do not say what
is to become of the training material when the project has been completed, nor whether a person can have an image
taken out of it.

It would be wrong to conclude from such a gap that the thing did not happen, or that it did. A gap in released
papers shows what was released. The reader who needs the missing piece has to ask for it, and it helps to ask for
it by the name the papers themselves use, so that the next reply can be laid beside the first.

# 9. Conclusion

Three questions have been kept apart in this note: the basis for taking a face, the use of it for another purpose,
and the meaning of the absence of consent. None of them is answered by the existence of the memorandum, and none
by the usefulness of the system. They are questions of statute, and they can be put to every page of the papers.
"""
