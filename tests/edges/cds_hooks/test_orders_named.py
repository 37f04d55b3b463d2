"""Orders by the names that hospitals and prescribers use: brands, short forms of imaging, forms for skin and eye."""

from __future__ import annotations

import pytest

from rootline.edges.cds_hooks.orders import read_order
from rootline.packs.codes import codes
from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, drug, service_request, signing
from tests.edges.fhir.resources import concept


def _actions(pack, resource):
    order = read_order(resource, pack, codes(pack), {})
    return {action for group in order.actions for action in group} if order else set()


@pytest.mark.parametrize(
    "name",
    ["Advil", "Motrin IB 200 mg", "Toradol 10 mg tablet", "ketorolac 30 mg IM", "Aleve", "Celebrex 200 mg", "Mobic",
     "Voltaren 75 mg", "Voltarol 50 mg tablets", "piroxicam 20 mg", "ketoprofen 100 mg", "etodolac 400 mg",
     "Indomethacin 50 MG Rectal Suppository", "Diclofenac 100 mg suppository rectal", "Ibuprofen 40 MG/ML Oral Drops",
     "Naproxen 500 mg tablet (patient also uses eye drops)", "Advil Liqui-Gels 200 mg", "Sprix nasal spray",
     "Ibuprofen 400 mg tablet (has a fentanyl patch)"],
)  # fmt: skip
def test_an_nsaid_that_reaches_the_blood_gets_its_card_by_any_name(answer, name):
    cards = answer(signing(SCIATICA, APIXABAN, orders=[drug(concept(text=name))]))
    assert any(card["summary"].startswith("NSAID: contraindicated here") for card in cards)


@pytest.mark.parametrize(
    "name",
    ["Diclofenac 1% topical gel", "Voltaren gel", "Voltarol Emulgel 1.16%", "Diclofenac sodium 1 % gel",
     "Ketorolac 0.5 % ophthalmic solution", "Ketorolac Tromethamine 5 MG/ML Ophthalmic Solution", "ketorolac eye drops",
     "Ibuprofen 5% gel", "diclofenac epolamine 1.3 % patch", "Diclofenac Sodium 0.01 MG/MG Topical Gel"],
)  # fmt: skip
def test_a_form_of_the_drug_itself_for_skin_or_eye_is_no_nsaid_ordered(answer, name):
    assert answer(signing(SCIATICA, APIXABAN, orders=[drug(concept(text=name))])) == []


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("Lyrica 75 mg", "gabapentinoid"), ("Neurontin 300 mg", "gabapentinoid"), ("Cymbalta 60 mg", "duloxetine"),
        ("Percocet 5/325", "opioid"), ("Norco 5-325", "opioid"), ("Ultram 50 mg", "opioid"),
        ("methadone 5 mg", "opioid"), ("buprenorphine 5 mcg/h patch", "opioid"), ("oxymorphone 5 mg", "opioid"),
        ("co-codamol 30/500", "opioid"), ("Medrol Dosepak", "oral-corticosteroid"),
        ("Decadron 4 mg", "oral-corticosteroid"),
        ("Prednisone 20 mg tablet (patient also uses eye drops)", "oral-corticosteroid"),
        ("clonazepam 0.5 mg", "benzodiazepine"), ("Klonopin", "benzodiazepine"), ("Flexeril 10 mg", "muscle-relaxant"),
        ("Tylenol 500 mg", "acetaminophen"), ("Elavil 25 mg", "tricyclic"),
    ],
)  # fmt: skip
def test_a_brand_is_the_action_of_its_drug(pack, name, action):
    assert action in _actions(pack, drug(concept(text=name)))


@pytest.mark.parametrize(
    "name",
    ["Prednisolone 1% eye drops", "prednisolone acetate 1 % ophthalmic suspension", "Dexamethasone 4 MG/ML injection",
     "Suboxone 8/2", "Metformin 500 mg", "Mometasone nasal spray"],
)  # fmt: skip
def test_what_is_no_such_drug_is_no_action(pack, name):
    assert _actions(pack, drug(concept(text=name))) == set()


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("MRI L-spine", "mri-lumbar-spine"), ("MR L SPINE", "mri-lumbar-spine"), ("MRI LS spine", "mri-lumbar-spine"),
        ("MRI lower back", "mri-lumbar-spine"), ("MRI thoracolumbar spine", "mri-lumbar-spine"),
        ("MRI L/S spine wo contrast", "mri-lumbar-spine"), ("L-spine MRI", "mri-lumbar-spine"),
        ("CT L-spine", "ct-lumbar-spine"), ("XR L-spine 2 views", "xray-lumbar-spine"),
        ("X-ray LS spine", "xray-lumbar-spine"), ("MRI full spine", "mri-whole-spine"),
        ("Lumbar ESI", "epidural-steroid-injection"), ("TFESI", "epidural-steroid-injection"),
        ("Caudal epidural", "epidural-steroid-injection"), ("transforaminal epidural L5", "epidural-steroid-injection"),
        ("Inpatient consult to Neurosurgery", "spine-referral"), ("Consult to Spine Surgery", "spine-referral"),
    ],
)  # fmt: skip
def test_imaging_injections_and_referrals_are_known_by_their_usual_names(pack, name, action):
    assert action in _actions(pack, service_request(concept(text=name)))


@pytest.mark.parametrize(
    "name", ["MRI brain", "MRI cervical spine left arm", "Labor epidural lumbar", "Consult to Dietetics"]
)
def test_another_place_is_no_lumbar_order(pack, name):
    lumbar = {"mri-lumbar-spine", "epidural-steroid-injection", "spine-referral"}
    assert lumbar.isdisjoint(_actions(pack, service_request(concept(text=name))))


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("Magnetic resonance (eg, proton) imaging, spinal canal and contents, lumbar; without contrast material",
         {"mri-lumbar-spine"}),
        ("Computed tomography, lumbar spine; without contrast material", {"ct-lumbar-spine"}),
        ("Radiologic examination, spine, lumbosacral; 2 or 3 views", {"xray-lumbar-spine"}),
        ("Magnetic resonance (eg, proton) imaging, spinal canal and contents, cervical; with contrast", set()),
        ("Magnetic resonance (eg, proton) imaging, brain (including brain stem); without contrast material", set()),
        ("Computed tomography, thoracic spine; without contrast material", set()),
    ],
)  # fmt: skip
def test_the_words_of_cpt_with_their_marks_are_known(pack, name, actions):
    assert _actions(pack, service_request(concept(text=name))) == actions
