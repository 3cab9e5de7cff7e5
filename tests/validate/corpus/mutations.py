# SPDX-License-Identifier: MIT
"""Mistakes that people make in templates. Each class is a function that makes one in a copy of a template, a dict of
CloudFormation's long forms, and returns whether it could; `pick` chooses among places by a number, so that the same
seed makes the same mistake."""
import copy

CLASSES = {}


def mistake(function):
    CLASSES[function.__name__] = function
    return function


def functions(value, name, path=()):
    """The places of a function: (path, argument's holder)."""
    found = []
    if isinstance(value, dict):
        if len(value) == 1 and name in value:
            found.append(value)
        for child in value.values():
            found += functions(child, name)
    elif isinstance(value, list):
        for child in value:
            found += functions(child, name)
    return found


def in_properties(template, name):
    found = []
    for resource in template.get("Resources", {}).values():
        found += functions(resource.get("Properties", {}), name)
    return found


def choose(items, pick):
    items = list(items)
    return items[pick % len(items)] if items else None


def resources(template):
    return list(template.get("Resources", {}).items())


def a_resource(template, pick):
    return choose(resources(template), pick)


def section_key(name, wrong):
    def change(t, pick):
        if name not in t:
            return False
        t[wrong] = t.pop(name)
        return True

    return change


CLASSES["section_resources_misspelled"] = section_key("Resources", "Resource")
CLASSES["section_outputs_misspelled"] = section_key("Outputs", "Ouputs")
CLASSES["section_parameters_misspelled"] = section_key("Parameters", "Parameter")
CLASSES["section_conditions_misspelled"] = section_key("Conditions", "Condition")


@mistake
def unknown_section(t, pick):
    t["Extra"] = {"a": "b"}
    return True


@mistake
def wrong_version(t, pick):
    t["AWSTemplateFormatVersion"] = "2012-10-17"
    return True


@mistake
def description_is_a_list(t, pick):
    t["Description"] = ["a"]
    return True


@mistake
def description_too_long(t, pick):
    t["Description"] = "x" * 1025
    return True


@mistake
def transform_is_a_number(t, pick):
    if "Transform" in t:
        return False
    t["Transform"] = [{"Nam": "x"}]
    return True


def on_resource(change):
    def apply(t, pick):
        found = a_resource(t, pick)
        return bool(found) and change(t, *found) is not False

    return apply


def resource_mistake(function):
    CLASSES[function.__name__] = on_resource(function)
    return function


@resource_mistake
def resource_without_type(t, name, r):
    del r["Type"]


@resource_mistake
def resource_type_misspelled(t, name, r):
    if not r["Type"].startswith("AWS::"):
        return False
    r["Type"] += "x"


@resource_mistake
def resource_unknown_attribute(t, name, r):
    r["Propertys"] = {}


@resource_mistake
def resource_unknown_property(t, name, r):
    if r["Type"].startswith(("Custom::", "AWS::Serverless", "AWS::CDK", "AWS::CloudFormation")):
        return False
    r.setdefault("Properties", {})["NoSuchProperty"] = "x"


@resource_mistake
def resource_name_with_dash(t, name, r):
    t["Resources"]["My-" + name] = copy.deepcopy(r)


@resource_mistake
def resource_unknown_condition(t, name, r):
    r["Condition"] = "NoSuchCondition"


@resource_mistake
def resource_depends_on_nothing(t, name, r):
    r["DependsOn"] = ["NoSuchResource"]


@resource_mistake
def resource_depends_on_itself(t, name, r):
    r["DependsOn"] = name


@resource_mistake
def resource_depends_on_a_function(t, name, r):
    r["DependsOn"] = {"Ref": name}


@resource_mistake
def deletion_policy_misspelled(t, name, r):
    r["DeletionPolicy"] = r["UpdateReplacePolicy"] = "Retian"


@resource_mistake
def deletion_policy_snapshot(t, name, r):
    if r["Type"].startswith(("AWS::RDS", "AWS::ElastiCache")):
        return False
    r["DeletionPolicy"] = "Snapshot"


@resource_mistake
def replace_policy_of_creation(t, name, r):
    r["UpdateReplacePolicy"] = "RetainExceptOnCreate"


@resource_mistake
def update_policy_of_another_type(t, name, r):
    if r["Type"] in ("AWS::AutoScaling::AutoScalingGroup", "AWS::ElastiCache::ReplicationGroup", "AWS::OpenSearchService::Domain"):
        return False
    r["UpdatePolicy"] = {"AutoScalingRollingUpdate": {}}


@resource_mistake
def version_of_a_resource(t, name, r):
    if r["Type"].startswith(("Custom::", "AWS::CloudFormation::CustomResource")):
        return False
    r["Version"] = "1.0"


@resource_mistake
def name_of_a_parameter_too(t, name, r):
    t.setdefault("Parameters", {})[name] = {"Type": "String"}


def on_tag(value):
    """Puts a value where every resource takes one: the value of a new output."""

    def apply(t, pick):
        t.setdefault("Outputs", {})["Made"] = {"Value": value(t, pick)}
        return True

    return apply


def output_mistakes():
    first = lambda t, pick: a_resource(t, pick)[0]
    made = {
        "ref_to_nothing": lambda t, pick: {"Ref": "NoSuchThing"},
        "ref_to_nothing_in_join": lambda t, pick: {"Fn::Join": ["", ["a", {"Ref": "NoSuchThing"}]]},
        "ref_pseudo_misspelled": lambda t, pick: {"Ref": "AWS::Regio"},
        "ref_to_a_list": lambda t, pick: {"Ref": ["a"]},
        "get_att_of_nothing": lambda t, pick: {"Fn::GetAtt": ["NoSuchThing", "Arn"]},
        "get_att_without_attribute": lambda t, pick: {"Fn::GetAtt": [first(t, pick)]},
        "get_att_with_three": lambda t, pick: {"Fn::GetAtt": [first(t, pick), "Arn", "x"]},
        "sub_of_nothing": lambda t, pick: {"Fn::Sub": "a-${NoSuchThing}"},
        "sub_attribute_of_nothing": lambda t, pick: {"Fn::Sub": "${NoSuchThing.Arn}"},
        "sub_is_an_object": lambda t, pick: {"Fn::Sub": {"a": "b"}},
        "sub_with_one": lambda t, pick: {"Fn::Sub": ["a"]},
        "sub_text_is_a_function": lambda t, pick: {"Fn::Sub": [{"Ref": "AWS::Region"}, {}]},
        "join_without_delimiter": lambda t, pick: {"Fn::Join": [["a", "b"]]},
        "join_of_a_string": lambda t, pick: {"Fn::Join": ["", "abc"]},
        "join_delimiter_is_a_function": lambda t, pick: {"Fn::Join": [{"Ref": "AWS::Region"}, ["a", "b"]]},
        "join_of_an_object": lambda t, pick: {"Fn::Join": ["", [{"a": "b"}]]},
        "select_of_no_number": lambda t, pick: {"Fn::Select": ["first", ["a", "b"]]},
        "select_with_three": lambda t, pick: {"Fn::Select": [0, ["a"], "b"]},
        "split_with_one": lambda t, pick: {"Fn::Select": [0, {"Fn::Split": [","]}]},
        "split_gives_a_list": lambda t, pick: {"Fn::Split": [",", "a,b"]},
        "base64_of_a_list": lambda t, pick: {"Fn::Base64": ["a"]},
        "import_of_a_list": lambda t, pick: {"Fn::ImportValue": ["a"]},
        "if_of_nothing": lambda t, pick: {"Fn::If": ["NoSuchCondition", "a", "b"]},
        "if_with_two": lambda t, pick: {"Fn::If": ["NoSuchCondition", "a"]},
        "find_in_map_with_two": lambda t, pick: {"Fn::FindInMap": ["a", "b"]},
        "cidr_out_of_range": lambda t, pick: {"Fn::Select": [0, {"Fn::Cidr": ["10.0.0.0/16", 300, 8]}]},
        "cidr_of_no_block": lambda t, pick: {"Fn::Select": [0, {"Fn::Cidr": ["10.0.0/16", 3, 8]}]},
        "zones_of_no_region": lambda t, pick: {"Fn::Select": [0, {"Fn::GetAZs": "moon-1"}]},
        "length_without_transform": lambda t, pick: {"Fn::Length": ["a"]},
        "unknown_function": lambda t, pick: {"Fn::Concat": ["a", "b"]},
        "output_is_a_list": lambda t, pick: ["a"],
        "output_is_an_object": lambda t, pick: {"a": "b"},
        "secret_in_an_output": lambda t, pick: "{{resolve:secretsmanager:a}}",
        "secure_string_in_an_output": lambda t, pick: "{{resolve:ssm-secure:a:1}}",
        "dynamic_reference_to_nothing": lambda t, pick: "{{resolve:vault:a}}",
    }
    for name, value in made.items():
        CLASSES["output_" + name] = on_tag(value)


output_mistakes()


def in_topic(name, value):
    """The same in a property."""

    def apply(t, pick):
        t["Resources"]["MadeTopic"] = {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": value}}
        return True

    CLASSES["property_" + name] = apply


in_topic("ref_to_nothing", {"Ref": "NoSuchThing"})
in_topic("ref_in_if", {"Fn::If": ["NoSuchCondition", {"Ref": "NoSuchThing"}, "b"]})
in_topic("get_att_misspelled", {"Fn::GetAtt": ["MadeTopic", "TopicArnn"]})
in_topic("get_att_in_sub", {"Fn::Sub": "${MadeTopic.NoSuchAttribute}"})
in_topic("sub_values_refer_to_nothing", {"Fn::Sub": ["${a}", {"a": {"Ref": "NoSuchThing"}}]})
in_topic("sub_without_value", {"Fn::Sub": ["${a}${b}", {"a": "x"}]})
in_topic("sub_forgotten", "${AWS::Region}")
in_topic("base64_of_sub_of_nothing", {"Fn::Base64": {"Fn::Sub": "${NoSuchThing}"}})
in_topic("join_of_get_att_of_nothing", {"Fn::Join": ["", [{"Fn::GetAtt": ["NoSuchThing", "Arn"]}]]})
in_topic("secure_string", "{{resolve:ssm-secure:a:1}}")
in_topic("circle", {"Ref": "MadeTopic"})


@mistake
def circle_of_two(t, pick):
    t["Resources"]["One"] = {"Type": "AWS::SNS::Topic", "DependsOn": "Two"}
    t["Resources"]["Two"] = {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::GetAtt": ["One", "TopicName"]}}}
    return True


@mistake
def circle_of_three(t, pick):
    for name, other in (("One", "Two"), ("Two", "Three"), ("Three", "One")):
        t["Resources"][name] = {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Fn::Sub": "${%s}" % other}}}
    return True


def parameter(name, value):
    def apply(t, pick):
        t.setdefault("Parameters", {})["Made"] = value
        return True

    CLASSES["parameter_" + name] = apply


parameter("without_type", {"Default": "a"})
parameter("type_misspelled", {"Type": "Strin"})
parameter("unknown_key", {"Type": "String", "Defaults": "a"})
parameter("is_a_string", "String")
parameter("default_not_allowed", {"Type": "String", "Default": "a", "AllowedValues": ["b"]})
parameter("default_too_large", {"Type": "Number", "Default": 10, "MaxValue": 5})
parameter("default_too_small", {"Type": "Number", "Default": 1, "MinValue": 5})
parameter("default_too_short", {"Type": "String", "Default": "a", "MinLength": 5})
parameter("default_too_long", {"Type": "String", "Default": "abcdef", "MaxLength": 5})
parameter("default_is_a_function", {"Type": "String", "Default": {"Ref": "AWS::Region"}})
parameter("length_of_a_number", {"Type": "Number", "MinLength": 5})
parameter("no_echo_maybe", {"Type": "String", "NoEcho": "maybe"})
parameter("allowed_values_is_a_string", {"Type": "String", "AllowedValues": "a"})


@mistake
def parameter_name_with_dash(t, pick):
    t.setdefault("Parameters", {})["My-Name"] = {"Type": "String"}
    return True


def mapping(name, value):
    def apply(t, pick):
        t.setdefault("Mappings", {})["Made"] = value
        return True

    CLASSES["mapping_" + name] = apply


mapping("is_a_string", "a")
mapping("is_empty", {})
mapping("is_flat", {"a": "b"})
mapping("is_too_deep", {"a": {"b": {"c": "d"}}})
mapping("has_a_function", {"a": {"b": {"Ref": "AWS::Region"}}})
mapping("key_with_space", {"a b": {"c": "d"}})


@mistake
def find_in_map_of_unknown_key(t, pick):
    t.setdefault("Mappings", {})["Made"] = {"a": {"b": "c"}}
    t["Resources"]["MadeAlias"] = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Fn::FindInMap": ["Made", "a", "x"]}}}
    return True


def condition(name, value):
    def apply(t, pick):
        t.setdefault("Conditions", {})["Made"] = value
        return True

    CLASSES["condition_" + name] = apply


condition("is_a_string", "yes it is")
condition("equals_with_one", {"Fn::Equals": ["a"]})
condition("equals_with_three", {"Fn::Equals": ["a", "b", "c"]})
condition("not_with_two", {"Fn::Not": [{"Fn::Equals": ["a", {"Ref": "AWS::Region"}]}, {"Fn::Equals": ["a", {"Ref": "AWS::Region"}]}]})
condition("not_of_a_string", {"Fn::Not": ["a"]})
condition("and_with_one", {"Fn::And": [{"Fn::Equals": ["a", {"Ref": "AWS::Region"}]}]})
condition("or_of_unknown", {"Fn::Or": [{"Condition": "NoSuchCondition"}, {"Fn::Equals": ["a", {"Ref": "AWS::Region"}]}]})
condition("of_unknown", {"Condition": "NoSuchCondition"})
condition("is_an_if", {"Fn::If": ["Made", "a", "b"]})
condition("refers_to_nothing", {"Fn::Equals": ["a", {"Ref": "NoSuchThing"}]})
condition("reads_an_attribute", {"Fn::Equals": ["a", {"Fn::GetAtt": ["A", "Arn"]}]})


@mistake
def condition_refers_to_a_resource(t, pick):
    t.setdefault("Conditions", {})["Made"] = {"Fn::Equals": ["a", {"Ref": a_resource(t, pick)[0]}]}
    return True


def output(name, value):
    def apply(t, pick):
        t.setdefault("Outputs", {})["Made"] = value
        return True

    CLASSES["outputs_" + name] = apply


output("without_value", {"Description": "a"})
output("unknown_key", {"Value": "a", "Descripton": "b"})
output("unknown_condition", {"Value": "a", "Condition": "NoSuchCondition"})
output("export_without_name", {"Value": "a", "Export": {"Nam": "b"}})
output("export_is_a_string", {"Value": "a", "Export": "b"})
output("description_is_a_function", {"Value": "a", "Description": {"Ref": "AWS::Region"}})
output("description_too_long", {"Value": "a", "Description": "x" * 1025})


@mistake
def output_name_with_dash(t, pick):
    t.setdefault("Outputs", {})["My-Name"] = {"Value": "a"}
    return True


@mistake
def export_name_refers_to_a_resource(t, pick):
    name = a_resource(t, pick)[0]
    t.setdefault("Outputs", {})["Made"] = {"Value": "a", "Export": {"Name": {"Ref": name}}}
    return True


@mistake
def rule_without_assertions(t, pick):
    t.setdefault("Rules", {})["Made"] = {"RuleCondition": {"Fn::Equals": ["a", {"Ref": "AWS::Region"}]}}
    return True


@mistake
def assertion_is_a_string(t, pick):
    t.setdefault("Rules", {})["Made"] = {"Assertions": [{"Assert": "always so", "AssertDescription": "a"}]}
    return True
