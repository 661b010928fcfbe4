"""The whole life of an offered photo."""

from apps.core.workflow import Workflow
from apps.movements.enums import PhotoAction, PhotoState

PHOTO_OFFER = Workflow(
    initial=PhotoState.OFFERED,
    transitions=[
        (PhotoAction.ACCEPT, {PhotoState.OFFERED}, PhotoState.ACCEPTED),
        (PhotoAction.DECLINE, {PhotoState.OFFERED}, PhotoState.DECLINED),
        (PhotoAction.WITHDRAW, {PhotoState.OFFERED}, PhotoState.WITHDRAWN),
        (PhotoAction.TAKE_BACK, {PhotoState.ACCEPTED}, PhotoState.WITHDRAWN),
    ],
)
