"""The joint position of six civic groups, in Korean and in English: long paragraphs that run over page ends.

The groups are not named, and what they ask is put as questions, so that nothing is laid in their mouths that the
known facts do not hold.
"""

from pathlib import Path

from sample_release.house import Entry, Look, grid, in_korean_font, rule, story
from sample_release.pages import Paper

FILE = "09_6개_시민사회단체_공동의견서.pdf"
FILE_EN = "10_Joint_Position_of_Six_Civic_Groups.pdf"
LOOK = Look(
    title="인공지능 식별추적시스템 구축사업에 관한 6개 시민사회단체 공동의견서",
    head="6개 시민사회단체 공동의견서",
    size=12.5,
    leading=1.75,
    number="{}",
)
LOOK_EN = Look(
    title="Joint Position of Six Civic Groups on the AI Identification and Tracking System",
    head="Joint Position of Six Civic Groups",
    language="en",
    font="Times-Roman",
    bold="Times-Bold",
    heading="Times-Bold",
    size=12.5,
    leading=1.56,
    number="{}",
)

TEXT = """
= 공동의견서

^ 인공지능 식별추적시스템 구축사업에 관한 6개 시민사회단체의 입장

@rule

# 1. 무엇이 문제인가

법무부와 과학기술정보통신부는 2019년 4월 업무협약을 맺고 「인공지능 식별추적시스템 구축사업」을 시작하였다. 이
사업에서 출입국심사를 받은 사람들의 얼굴 이미지가 국적, 성별, 나이와 함께 과학기술정보통신부로, 다시 민간 기업으로
넘어갔다. 그 수는 1억 7천만 건에 이른다. 사진의 주인인 사람들의 동의는 받지 않았다.

내국인의 얼굴은 5,764만 여 건으로 알려져 있다. 나머지는 공항을 지나간 외국인의 얼굴이다. 이 가운데 1억 건이
인공지능을 학습시키는 데에, 2천만 건이 알고리즘을 시험하는 데에 쓰였다. 심사를 받으려고 카메라 앞에 선 사람은
자신의 얼굴이 기술을 개발하는 재료가 되리라고 생각하지 않는다. 심사는 거절할 수 없는 절차이고, 그래서 그 자리에서
얻은 자료는 더욱 엄격하게 다루어져야 한다고 우리는 본다.

# 2. 법은 무엇을 허용하는가

「출입국관리법」은 자동출입국심사를 신청한 국민에 한하여 생체정보를 수집할 수 있도록 하고 있다. 자동출입국심사는
2008년에 도입되었다. 신청은 빠른 심사를 위한 것이지 기술의 개발을 위한 것이 아니며, 신청하지 않은 국민의 얼굴에
관하여는 이 조항이 근거가 될 수 없다는 것이 우리의 의견이다.

「개인정보 보호법」의 문제도 있다. 얼굴에서 얻는 정보는 바꿀 수 없다. 비밀번호는 새로 정할 수 있으나 얼굴은 그럴
수 없으므로, 한 번 넘어간 얼굴의 정보는 되돌리기 어렵다. 동의를 받지 않고 이러한 정보를 넘기려면 법률에 뚜렷한
근거가 있어야 하며, 업무협약은 법률이 아니므로 그러한 근거가 될 수 없다고 우리는 생각한다. 목적 밖의 이용을
허용하는 예외를 들려면 어느 조항의 어느 예외인지를 먼저 밝혀야 하고, 그 예외가 1억 7천만 건의 얼굴에 한꺼번에
적용될 수 있는 까닭을 설명하여야 한다.

# 3. 카메라는 어디를 보고 있는가

인천국제공항 출입국심사장 주변에는 카메라 88대가 있고, 그 가운데 50대는 안면의 생체정보를 촬영할 수 있다.
정보통신산업진흥원은 100대 이상을 더 설치할 계획이다. 식별은 누구인지를 아는 일이고 추적은 어디로 가는지를 아는
일이다. 두 가지를 함께 하는 시스템이 사람이 많이 오가는 곳에 놓일 때 무엇을 할 수 있게 되는지를, 그곳을 지나는
사람들이 먼저 알아야 한다.

# 4. 철회할 수 없다는 입장에 대하여

사업을 철회하거나 취소할 수 없다는 것이 장관의 입장이다. 우리는 이 입장에 동의하지 않는다. 이미 시작되었다는
사실은 계속할 근거가 되지 못하며, 잘못이 있는지를 살피는 일은 사업을 마치기로 한 2022년이 되기 전에 할수록 좋다.

# 5. 우리는 묻는다

1. 자동출입국심사를 신청하지 않은 국민의 얼굴은 몇 건이며, 어떤 근거로 수집되었는가

2. 이전과 제공에 앞서 정보주체의 동의가 필요하지 않다고 판단하였다면, 그 판단은 누가, 어떤 조항에 따라 하였는가

3. 민간 기업은 기관의 일을 맡은 것인가, 자기의 목적을 위하여 자료를 받은 것인가

4. 학습에 쓰인 얼굴을 빼 달라고 요구하는 사람은 어디에 말하여야 하는가

5. 사업이 끝난 뒤 자료와 그 자료로 만들어진 알고리즘은 어떻게 되는가

# 6. 숫자에 관하여

@figures

공개된 자료와 보도에 적힌 숫자는 서로 조금씩 다르다. 우리는 어림수를 쓸 때에는 1억 7천만 건으로, 내국인의 자료는
5,764만 여 건으로 적었다. 박주민 의원의 자료 요구에 대한 답변에는 1억7,000만여 건으로 적혀 있다. 숫자가 다르다고
하여 일의 성격이 달라지지는 않는다. 그러나 숫자를 인용하는 사람은 그것이 어느 문서의 몇 쪽에 있는지를 밝혀야 하며,
우리도 그렇게 한다.

> 6개 시민사회단체

※ 이 의견서는 여섯 단체가 공동의 입장을 밝혔다는 사실과 알려진 쟁점을 바탕으로 재구성한 것으로, 단체들이 발표한
문안을 옮긴 것이 아님. 단체의 이름과 발표의 일자는 재구성 자료에 포함하지 않음.
"""

TEXT_EN = """
= Joint Position

^ Six civic groups on the AI identification and tracking system

@rule

# 1. What is at issue

In April 2019 the Ministry of Justice and the Ministry of Science and ICT concluded a memorandum and began the
project called the AI identification and tracking system (인공지능 식별추적시스템 구축사업). Under it, the faces
of people who passed immigration screening were handed, together with their nationality, gender and age, to the
Ministry of Science and ICT, and from there to private companies. Some 170 million images were handed over. The
consent of the people they show was not obtained.

Of these images, 100 million were used for training artificial intelligence and 20 million for testing algorithms. A
traveller who stands before a camera in order to be admitted to a country does not expect the picture to become
material for the development of a product. Screening cannot be declined, and it is our position that whatever is
obtained there must for that very reason be handled with particular restraint.

# 2. What the law allows

The Immigration Act allows biometric information to be collected only from those citizens who have applied for
automated clearance, which was introduced in 2008. Whoever applies does so in order to pass more quickly, not in
order to take part in the development of a technology. For the face of a citizen who never applied, the provision
can be no basis at all.

The Personal Information Protection Act is in question as well. A password can be changed and a face cannot; once
handed on, information taken from a face can hardly be called back. To hand it on without consent would need a clear
basis in a statute, and a memorandum between two ministries is not a statute. Whoever relies on an exception has to
say which exception, in which provision, and why it should hold for some 170 million images at once.

# 3. What the cameras see

Around the immigration area of Incheon International Airport there are 88 cameras, 50 of which are able to capture
the biometrics of a face. The National IT Industry Promotion Agency (NIPA) plans more than 100 further cameras. To
identify is to know who somebody is; to track is to know where that person goes. Before a system that does both is
placed where great numbers of people pass, those people should know what it is able to do, who operates it, and to
whom they can turn.

# 4. That the project cannot be retracted

It is the minister's position that the project can be neither retracted nor cancelled. We do not share it. That
something has been begun is no reason to go on with it, and a question of lawfulness is better answered before 2022,
the year in which the project is to be completed, than afterwards.

# 5. What we ask

1. How many of the images show citizens who had not applied for automated clearance, and on what basis were they
collected?

2. If it was held that consent was not needed before the images were handed on, who held so, and under which
provision?

3. Do the private companies act on behalf of the authorities, or did they receive the images for purposes of their
own?

4. To whom should a person turn who wants his or her face to be taken out of the training material?

5. What becomes of the images, and of the algorithms made from them, once the project has ended?

# 6. A note on figures

@figures

The figures in the papers and in the press differ a little from one another. We write “some 170 million” where a
round figure will do. The Korean version of this position gives the images of nationals as 5,764만 여 건, that is,
somewhat more than 57.64 million, while other papers have 57.6 million. The difference does not change what was
done; but whoever quotes a figure should say in which paper, and on which page, it stands, and so do we.

> Six civic groups

This paper is reconstructed from the fact that six groups stated a joint position and from the issues known to have
been raised. It does not reproduce the wording the groups published; their names and the date of their statement are
not part of the reconstruction.
"""


def build(folder: Path) -> list[Entry]:
    """Write both versions."""
    figures = grid(
        [
            ["대상", "이 의견서의 표기", "다른 문서의 표기"],
            ["전체", "1억 7천만 건", "1억7,000만여 건 / 1억 7,760만 건"],
            ["내국인", "5,764만 여 건", "5,760만 건"],
            ["학습", "1억 건", "10,000만 건"],
            ["시험", "2천만 건", "2,000만 건"],
        ],
        [30, 56, 72],
    )
    figures_en = grid(
        [
            ["Subject", "In this paper", "In other papers"],
            ["All images", "some 170 million", "177.6 million"],
            ["Used for training", "100 million", "100 million"],
            ["Used for testing", "20 million", "20 million"],
            ["Cameras", "88, of which 50 for faces", "88 (50)"],
        ],
        [50, 58, 50],
        font="Times-Roman",
        size=10.5,
    )
    Paper(folder / FILE, LOOK).build(story(TEXT, LOOK, {"rule": [rule(1.2, 8)], "figures": figures}))
    inserts = {"rule": [rule(1.2, 8)], "figures": figures_en}
    Paper(folder / FILE_EN, LOOK_EN).build(story(TEXT_EN, LOOK_EN, inserts, in_korean_font))
    return [
        Entry(FILE, LOOK.title, "ko", agency="6개 시민사회단체"),
        Entry(FILE_EN, LOOK_EN.title, "en", agency="6개 시민사회단체"),
    ]
