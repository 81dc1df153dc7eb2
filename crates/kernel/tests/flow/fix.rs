//! Applies a finding's fix to a flow's JSON as an editor would: by path, knowing no kind of node.

use model::flow::{Fix, Flow};
use serde_json::{Value, json};

/// The flow after one click.
pub(crate) fn mend(flow: &Flow, fix: &Fix) -> Flow {
    let mut json = serde_json::to_value(flow).unwrap();
    let node_of = |node: &str, field: &str| format!("/nodes/{node}/{}", pointer(field));
    match fix {
        Fix::SetStart { node } => json["start"] = json!(node),
        Fix::RemoveNode { node } => {
            let nodes = json["nodes"].as_object_mut().unwrap();
            nodes.remove(&**node);
            for other in nodes.values_mut() {
                other["exits"].as_object_mut().unwrap().retain(|_, to| to != &json!(node));
            }
        }
        Fix::RemoveExit { node, exit } => {
            json["nodes"][&**node]["exits"].as_object_mut().unwrap().remove(&**exit);
        }
        Fix::SetLabel { node, label } => json["nodes"][&**node]["label"] = json!(label),
        Fix::SetText { node, field, value } => {
            *json.pointer_mut(&node_of(node, field)).unwrap() = json!(value);
        }
        Fix::SetNumber { node, field, value } => {
            *json.pointer_mut(&node_of(node, field)).unwrap() = json!(value);
        }
        Fix::SetShares { node, field, percents } => {
            let list = json.pointer_mut(&node_of(node, field)).unwrap();
            for (i, percent) in percents.iter().enumerate() {
                list[i]["percent"] = json!(percent);
            }
        }
        Fix::MoveBefore { node, field, from, to } => {
            let list = list_of(&mut json, &node_of(node, field));
            let entry = list.remove(*from as usize);
            list.insert(*to as usize, entry);
        }
        Fix::RemoveEntry { node, field, at } => {
            list_of(&mut json, &node_of(node, field)).remove(*at as usize);
        }
    }
    serde_json::from_value(json).unwrap()
}

/// Whether the field of a finding is there in the node's JSON, or could be (an exit, an absent
/// option).
pub(crate) fn exists(flow: &Flow, node: &str, field: &str) -> bool {
    let json = serde_json::to_value(&flow.nodes[node]).unwrap();
    let pointer = format!("/{}", pointer(field));
    field == "id" || field.starts_with("exits") || json.pointer(&pointer).is_some()
}

fn list_of<'j>(json: &'j mut Value, pointer: &str) -> &'j mut Vec<Value> {
    json.pointer_mut(pointer).unwrap().as_array_mut().unwrap()
}

/// `kind.split.shares[1].percent` as a JSON pointer.
fn pointer(field: &str) -> String {
    field.replace(['.', '['], "/").replace(']', "")
}
