# SPDX-License-Identifier: MIT
"""What an update replaces, and what CloudFormation refuses about it, by the resource schema in schema/cloudformation.txt.

CloudFormation user guide, "Update behaviors of stack resources" and "Update stack resources": a resource with a custom name
cannot be replaced under the same name; an export whose value changes must not be in use.
"""
import functools
import pathlib

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "schema" / "cloudformation.txt"


@functools.cache
def schema():
    """By type: the properties whose change replaces the resource."""
    found, current = {}, None
    for line in SCHEMA.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in " #%":
            current = found.setdefault(line.strip(), set())
        elif current is not None and line.startswith(" ") and line[1] not in " @%" and not line.endswith(":"):
            name, *words = line.split()
            if "replaces" in words:
                current.add(name)
    return found


def custom_name(body):
    """The property that names it, and the value; None when CloudFormation makes the name."""
    kind = body["Type"].split("::")[-1]
    for name in (kind + "Name", kind.removeprefix("DB") + "Name", "Name", kind + "Identifier"):
        if name in body.get("Properties", {}) and name in schema().get(body["Type"], ()):
            return name, body["Properties"][name]
    return None


def refers_to(value, names):
    if isinstance(value, list):
        return any(refers_to(item, names) for item in value)
    if not isinstance(value, dict):
        return False
    for key, item in value.items():
        if key == "Ref" and item in names or key == "Fn::GetAtt" and (item if isinstance(item, list) else item.split("."))[0] in names:
            return True
        if key == "Fn::Sub":
            text = item if isinstance(item, str) else item[0]
            if any("${" + name + end in text for name in names for end in ("}", ".")):
                return True
        if refers_to(item, names):
            return True
    return False


def replaced(old, new):
    """Logical ids of both that the change replaces, those that have to follow another one included."""
    found = set()
    while True:
        more = {
            name for name in old.keys() & new.keys() - found
            if old[name]["Type"] != new[name]["Type"] or any(
                old[name].get("Properties", {}).get(key) != new[name].get("Properties", {}).get(key)
                or refers_to(new[name].get("Properties", {}).get(key), found)
                for key in schema().get(new[name]["Type"], ()))
        }
        if not more:
            return found
        found |= more


def refusals(stacks, stack, new):
    """Why resources of the update fail: {logical id: reason}."""
    old, reasons = stack.template["Resources"], {}
    for name in replaced(old, new):
        before, after = custom_name(old[name]), custom_name(new[name])
        if after and before == after:
            reasons[name] = (f"CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                             f"Rename {after[1] if isinstance(after[1], str) else name} and update the stack again.")
    taken = {}
    for other in stacks:
        for name, body in other.template["Resources"].items() if other.is_live() else ():
            named = custom_name(body)
            if named and isinstance(named[1], str) and name in other.resources:
                taken[body["Type"], named[1]] = other, name
    for name in new.keys() - old.keys():
        named = custom_name(new[name])
        owner = named and isinstance(named[1], str) and taken.get((new[name]["Type"], named[1]))
        if owner:
            reasons[name] = f"{named[1]} already exists in stack {owner[0].id}"
    return reasons


def changed_exports(stack, new, outputs):
    """Names of exports whose value is another one after the update."""
    gone = replaced(stack.template["Resources"], new)
    text = {value["Export"]["Name"]: value["Value"] for value in (stack.template.get("Outputs") or {}).values()
            if "Export" in value and isinstance(value["Export"]["Name"], str) and isinstance(value["Value"], str)}
    return [
        output["Export"]["Name"] for output in (outputs or {}).values()
        if "Export" in output and isinstance(output["Export"]["Name"], str) and (
            refers_to(output["Value"], gone) or isinstance(output["Value"], str) and text.get(output["Export"]["Name"], output["Value"]) != output["Value"])
    ]
