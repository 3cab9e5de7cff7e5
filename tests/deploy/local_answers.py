# SPDX-License-Identifier: MIT
"""Answers of services that a test scripts because moto has no such thing: stopped tasks, logs, quotas, decoded messages, what validations and
hooks of CloudFormation found. Each is checked against the service's model as botocore has it (the shapes of the API references), so that no
answer has what AWS would not send.

POST /_test/answers: {"SERVICE:Operation": answer, or a list of answers one after the other, the last one again; {"error": [code, message]}
refuses}. The name of the service is that of its credentials: "elasticloadbalancing", "servicequotas".
"""
import re

from botocore.validate import ParamValidator
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model

MODELS = {"elasticloadbalancing": "elbv2", "servicequotas": "service-quotas"}
# Lambda API reference, "GetFunctionConfiguration".
PATHS = [("lambda", re.compile(r"/2015-03-31/functions/[^/]+/configuration$"), "GetFunctionConfiguration")]

answers = {}


def script(changes):
    for key, answer in changes.items():
        answers[key] = answer if isinstance(answer, list) else [answer]


def reset():
    answers.clear()


def operation_of(call, path):
    for service, pattern, operation in PATHS:
        if call[0] == service and pattern.search(path):
            return operation
    return call[1]


def take(call, path):
    """What a test has scripted for the call: None, or an answer."""
    scripted = answers.get(f"{call[0]}:{operation_of(call, path)}")
    if not scripted:
        return None
    return scripted.pop(0) if len(scripted) > 1 else scripted[0]


def serialize(call, path, answer):
    """Status, headers and body as the service sends them."""
    model = get_service_model(MODELS.get(call[0], call[0]))
    operation = model.operation_model(operation_of(call, path))
    wrong = ParamValidator().validate(answer, operation.output_shape)
    if wrong.has_errors():
        raise ValueError(f"{call[0]}:{operation.name} answers no such thing: {wrong.generate_report()}")
    serializer = get_serializer_class(model.service_name, model.protocol)(operation_model=operation)
    made = serializer.serialize(answer)
    body = made["body"]
    return made["status_code"], made["headers"], body if isinstance(body, bytes) else str(body).encode()
