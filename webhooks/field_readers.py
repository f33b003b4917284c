"""Readers of the fields beside messages, one small function per field, chosen by its name."""

from collections.abc import Callable, Mapping

from webhooks.fields import (
    AccountUpdate,
    Capability,
    FieldValue,
    Notice,
    NumberQuality,
    Preference,
    Preferences,
    Template,
    TemplateCategory,
    TemplateComponents,
    TemplateQuality,
    TemplateStatus,
    UnknownField,
    UserIdChange,
    UserIdChanges,
)
from webhooks.wild import Json, mapping, mappings, maybe_mapping, maybe_moment, maybe_text, text

FieldReader = Callable[[Json], FieldValue]


def read_field(name: str, value: Json) -> FieldValue:
    reader = FIELD_READERS.get(name)
    return UnknownField(name) if reader is None else reader(value)


def _template(value: Json) -> Template:
    return Template(
        id=text(value, "message_template_id"),
        name=maybe_text(value, "message_template_name"),
        language=maybe_text(value, "message_template_language"),
    )


def _template_status(value: Json) -> FieldValue:
    other, rejection = maybe_mapping(value, "other_info"), maybe_mapping(value, "rejection_info")
    return TemplateStatus(
        template=_template(value),
        event=text(value, "event"),
        category=maybe_text(value, "message_template_category"),
        reason=maybe_text(value, "reason"),
        explanation=maybe_text(rejection, "reason") or maybe_text(other, "title"),
        disable_at=maybe_moment(maybe_mapping(value, "disable_info"), "disable_date"),
    )


def _template_category(value: Json) -> FieldValue:
    return TemplateCategory(
        template=_template(value),
        category=text(value, "new_category"),
        previous=maybe_text(value, "previous_category"),
    )


def _template_quality(value: Json) -> FieldValue:
    return TemplateQuality(
        template=_template(value),
        score=text(value, "new_quality_score"),
        previous=maybe_text(value, "previous_quality_score"),
    )


def _template_components(value: Json) -> FieldValue:
    return TemplateComponents(template=_template(value), body=maybe_text(value, "message_template_element"))


def _account_update(value: Json) -> FieldValue:
    restrictions = (maybe_text(item, "restriction_type") for item in mappings(value, "restriction_info"))
    return AccountUpdate(
        event=text(value, "event"),
        waba_id=maybe_text(maybe_mapping(value, "waba_info"), "waba_id"),
        ban_state=maybe_text(maybe_mapping(value, "ban_info"), "waba_ban_state"),
        violation=maybe_text(maybe_mapping(value, "violation_info"), "violation_type"),
        restrictions=tuple(filter(None, restrictions)),
        disconnection=maybe_text(maybe_mapping(value, "disconnection_info"), "reason"),
    )


def _number_quality(value: Json) -> FieldValue:
    return NumberQuality(
        display_phone_number=maybe_text(value, "display_phone_number"),
        event=text(value, "event"),
        limit=maybe_text(value, "max_daily_conversations_per_business") or maybe_text(value, "current_limit"),
    )


def _capability(value: Json) -> FieldValue:
    per_waba = maybe_text(value, "max_phone_numbers_per_waba")
    return Capability(
        conversations=maybe_text(value, "max_daily_conversations_per_business")
        or maybe_text(value, "max_daily_conversation_per_phone"),
        numbers=per_waba or maybe_text(value, "max_phone_numbers_per_business"),
    )


def _preferences(value: Json) -> FieldValue:
    return Preferences(tuple(_preference(item) for item in mappings(value, "user_preferences")))


def _preference(item: Json) -> Preference:
    return Preference(
        wa_id=maybe_text(item, "wa_id"),
        user_id=maybe_text(item, "user_id"),
        category=maybe_text(item, "category") or "marketing_messages",
        value=text(item, "value"),
        at=maybe_moment(item, "timestamp"),
    )


def _user_id_update(value: Json) -> FieldValue:
    return UserIdChanges(tuple(_user_id_change(item) for item in mappings(value, "user_id_update")))


def _user_id_change(item: Json) -> UserIdChange:
    ids = mapping(item, "user_id")
    return UserIdChange(
        wa_id=maybe_text(item, "wa_id"), previous=text(ids, "previous"), current=text(ids, "current")
    )


def _notice_reader(subject: str, event: str, detail: str) -> FieldReader:
    def read(value: Json) -> FieldValue:
        return Notice(
            subject=maybe_text(value, subject), event=text(value, event), detail=maybe_text(value, detail)
        )

    return read


def _account_alert(value: Json) -> FieldValue:
    info = maybe_mapping(value, "alert_info") or value
    return Notice(
        subject=maybe_text(value, "entity_id"),
        event=text(info, "alert_type"),
        detail=maybe_text(info, "alert_description"),
    )


FIELD_READERS: Mapping[str, FieldReader] = {
    "message_template_status_update": _template_status,
    "template_category_update": _template_category,
    "message_template_quality_update": _template_quality,
    "message_template_components_update": _template_components,
    "account_update": _account_update,
    "account_review_update": _notice_reader("entity_id", "decision", "reason"),
    "account_alerts": _account_alert,
    "phone_number_quality_update": _number_quality,
    "phone_number_name_update": _notice_reader("display_phone_number", "decision", "rejection_reason"),
    "business_capability_update": _capability,
    "business_username_update": _notice_reader("display_phone_number", "status", "username"),
    "security": _notice_reader("display_phone_number", "event", "requester"),
    "user_preferences": _preferences,
    "user_id_update": _user_id_update,
}
