# SPDX-License-Identifier: MIT
"""The resources of a local stack: moto's where it has them, stand-ins that keep their properties elsewhere."""
import json

import local_account
import yaml
from moto.cloudformation import parsing
from moto.cloudformation.utils import yaml_tag_constructor
from moto.core.common_models import CloudFormationModel
from moto.ec2.models.vpcs import VPCBackend
from moto.elbv2.models import FakeLoadBalancer
from moto.events.models import EventBus
from moto.s3.models import S3Backend
from moto.sqs.models import Queue, sqs_backends

# moto has these, but fails on what CloudFormation accepts: an Aurora instance, a rule with a role of its own, a flow log with a
# prefix in its bucket.
BROKEN = {"AWS::RDS::DBInstance", "AWS::Events::Rule", "AWS::CloudFormation::Stack", "AWS::EC2::FlowLog"}


def stand_in(resource_type):
    """A class whose resources have a stable physical id and an answer to every Fn::GetAtt."""

    class StandIn(CloudFormationModel):
        __module__ = "moto.cloudformation"  # moto files a class under the service that its module is named for

        def __init__(self, name, properties):
            self.name = name
            self.properties = properties

        @property
        def physical_resource_id(self):
            return self.arn if resource_type.startswith("AWS::SecretsManager::") else self.name

        @property
        def arn(self):
            service, kind = resource_type.lower().split("::")[1:3]
            return f"arn:aws:{service}:us-east-1:123456789012:{kind}:{self.name}"

        @staticmethod
        def cloudformation_name_type():
            return ""

        @staticmethod
        def cloudformation_type():
            return resource_type

        @classmethod
        def has_cfn_attr(cls, attr):
            return True

        def get_cfn_attribute(self, attribute_name):
            return self.arn if attribute_name.lower().endswith("arn") else f"{attribute_name}.{self.name}"

        @classmethod
        def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
            return cls(resource_name, cloudformation_json.get("Properties", {}))

        @classmethod
        def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
            original_resource.properties = cloudformation_json.get("Properties", {})
            return original_resource

        @classmethod
        def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
            pass

        def is_created(self):
            return True

    return StandIn


def stack_output(arguments):
    raise NotImplementedError("set by the simulator: the value of an output of another stack")


def complete_moto():
    original = parsing.resource_class_from_type
    made = {"AWS::RDS::DBCluster": local_account.cluster_model(stand_in)}

    def resource_class_from_type(resource_type):
        if resource_type in parsing.NULL_MODELS or resource_type.startswith("Custom::"):
            return original(resource_type)
        model = made.get(resource_type) or parsing.get_model_map().get(resource_type)
        if model is None or resource_type in BROKEN:
            model = made.setdefault(resource_type, stand_in(resource_type))
        if not hasattr(model, "get_cfn_attribute"):
            model.has_cfn_attr = classmethod(lambda cls, attr: True)
            model.get_cfn_attribute = lambda self, attr: f"{attr}.{self.physical_resource_id}"
        return model

    load_balancer_attribute = FakeLoadBalancer.get_cfn_attribute

    def load_balancer_attribute_or_name(self, attribute_name):
        if attribute_name == "LoadBalancerFullName":
            return self.arn.split(":loadbalancer/")[1]
        return load_balancer_attribute(self, attribute_name)

    delete_vpc = VPCBackend.delete_vpc

    def delete_vpc_with_route_tables(self, vpc_id):
        for table in self.describe_route_tables(filters={"vpc-id": vpc_id}):
            if table.main_association_id is None:
                self.route_tables.pop(table.id, None)
        return delete_vpc(self, vpc_id)

    refuse_tags = S3Backend.put_object_tagging

    def put_object_tagging(self, key, tags):
        """moto refuses every key that begins with "aws", S3 only those with "aws:"."""
        wanted = self.tagger.convert_dict_to_tags_input(tags)
        if len(wanted) > 10 or self.tagger.validate_tags(wanted):
            return refuse_tags(self, key, tags)
        self.tagger.delete_all_tags_for_resource(key.arn)
        self.tagger.tag_resource(key.arn, wanted)
        return key

    parsing.resource_class_from_type = resource_class_from_type
    S3Backend.put_object_tagging = put_object_tagging
    local_account.install()
    clean_json = parsing.clean_json

    def clean_json_and_outputs(resource_json, resources_map):
        """moto does not know the weak reference."""
        if isinstance(resource_json, dict) and "Fn::GetStackOutput" in resource_json:
            return stack_output(clean_json(resource_json["Fn::GetStackOutput"], resources_map))
        return clean_json(resource_json, resources_map)

    parsing.clean_json = clean_json_and_outputs
    create_queue = Queue.create_from_cloudformation_json.__func__

    def create_new_queue(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        local_account.check_queue(str(resource_name)[:80], sqs_backends[account_id][region_name])
        return create_queue(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)

    Queue.create_from_cloudformation_json = classmethod(create_new_queue)
    VPCBackend.delete_vpc = delete_vpc_with_route_tables
    EventBus.physical_resource_id = property(lambda self: self.name)
    FakeLoadBalancer.get_cfn_attribute = load_balancer_attribute_or_name


class TemplateLoader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms; dates are text."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


TemplateLoader.add_multi_constructor("!", lambda loader, suffix, node: yaml_tag_constructor(loader, "!" + suffix, node))


def parse_template(text):
    """JSON or YAML, as CloudFormation takes both."""
    if text.lstrip().startswith("{"):
        return json.loads(text)
    return yaml.load(text, TemplateLoader)


def references(value):
    """Logical ids that a part of a template refers to; may name parameters too."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref" and isinstance(item, str):
                yield item
            elif key == "Fn::GetAtt":
                yield item.split(".")[0] if isinstance(item, str) else item[0]
            elif key == "DependsOn":
                yield from [item] if isinstance(item, str) else item
            elif key == "Fn::Sub":
                text = item if isinstance(item, str) else item[0]
                yield from (part.split("}")[0].split(".")[0] for part in text.split("${")[1:])
                yield from references(item[1:] if isinstance(item, list) else [])
            else:
                yield from references(item)


def imports(value):
    """What a template imports, as written."""
    if isinstance(value, list):
        for item in value:
            yield from imports(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Fn::ImportValue":
                yield item
            else:
                yield from imports(item)


def waves(resources):
    """Logical ids in the order of their dependencies, grouped by what can be worked on side by side."""
    left = {name: {r for r in references(body) if r in resources and r != name} for name, body in resources.items()}
    while left:
        ready = [name for name, needs in left.items() if not needs & left.keys()]
        if not ready:
            raise ValueError("Circular dependency between resources: " + json.dumps(sorted(left)))
        yield ready
        for name in ready:
            del left[name]


def resource_map(stack, template, exports):
    return parsing.ResourceMap(
        stack.id, stack.name, dict(stack.parameters), {}, stack.region, stack.account, template, exports
    )


def output_map(resources, template, stack_id):
    return parsing.OutputMap(resources, template, stack_id)


def plain_imports(template):
    return [name for name in imports(template) if isinstance(name, str)]


def bucket_content(made):
    if made.__class__.__name__ != "FakeBucket" or not (made.keys or getattr(made, "multiparts", None)):
        return None
    return "Resource handler returned message: \"The bucket you tried to delete is not empty (Service: S3, Status Code: 409)\" (HandlerErrorCode: GeneralServiceException)"
