"""The parts of the leg that a pack may name and a picture can show, in both voices.

Names only: which part belongs to which root is content, and where it lies on paper is drawing.
"""

from __future__ import annotations

from rootline.readers.english import Wording

SKIN = {
    "upper-front-thigh": Wording("upper front of the thigh", "upper front of the thigh"),
    "lower-front-thigh": Wording("lower front of the thigh", "lower front of the thigh"),
    "front-of-knee": Wording("front of the knee", "front of the knee"),
    "inner-calf": Wording("inner calf", "inner side of the lower leg"),
    "outer-calf": Wording("lateral calf", "outer side of the lower leg"),
    "top-of-foot": Wording("top of the foot", "top of the foot"),
    "outer-foot": Wording("outer edge of the foot", "outer edge of the foot"),
    "sole": Wording("sole", "sole of the foot"),
    "saddle": Wording("saddle and perianal skin", "skin between the legs and around the bottom"),
}
MUSCLES = {
    "psoas": Wording("psoas", "muscle that lifts the thigh"),
    "thigh-adductors": Wording("thigh adductors", "muscles that pull the legs together"),
    "quadriceps": Wording("quadriceps", "muscle that straightens the knee"),
    "tibialis-anterior": Wording("tibialis anterior", "muscle that lifts the foot"),
    "toe-extensors": Wording("toe extensors", "muscles that lift the toes"),
    "peronei": Wording("peronei", "muscles that turn the foot out"),
    "hip-abductors": Wording("hip abductors", "muscles that hold the hip level"),
    "gluteus-maximus": Wording("gluteus maximus", "large muscle of the bottom"),
    "calf": Wording("calf", "calf, which pushes the foot down"),
    "toe-flexors": Wording("toe flexors", "muscles that curl the toes"),
}
REFLEXES = {
    "knee-jerk": Wording("knee jerk", "tap below the kneecap"),
    "ankle-jerk": Wording("ankle jerk", "tap above the heel"),
}
