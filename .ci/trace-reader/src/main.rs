//! Reads traces with the public reader, and checks what the format asks beyond its syntax: what is referred to stands
//! before, and on each thread calls and returns are balanced. Says one line for each file; the status is 1 where one fails.

use codetracer_trace_reader::{create_trace_reader, TraceEventsFileFormat};
use codetracer_trace_types::{ThreadId, TraceLowLevelEvent};
use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut failed = false;
    for path in std::env::args().skip(1) {
        match check(Path::new(&path)) {
            Ok(count) => println!("{path}: {count} events"),
            Err(problem) => {
                failed = true;
                println!("{path}: {problem}");
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn check(path: &Path) -> Result<usize, String> {
    let mut reader = create_trace_reader(TraceEventsFileFormat::Json);
    let events = reader.load_trace_events(path).map_err(|error| error.to_string())?;
    let (mut paths, mut functions, mut variables) = (0, 0, 0);
    let mut depths: HashMap<ThreadId, i64> = HashMap::new();
    let mut thread = ThreadId(0);
    for (index, event) in events.iter().enumerate() {
        let known = match event {
            TraceLowLevelEvent::Path(_) => { paths += 1; true }
            TraceLowLevelEvent::Function(function) => { functions += 1; function.path_id.0 < paths }
            TraceLowLevelEvent::VariableName(_) => { variables += 1; true }
            TraceLowLevelEvent::Step(step) => step.path_id.0 < paths,
            TraceLowLevelEvent::Value(value) => value.variable_id.0 < variables,
            TraceLowLevelEvent::Call(call) => {
                *depths.entry(thread).or_insert(0) += 1;
                call.function_id.0 < functions && call.args.iter().all(|arg| arg.variable_id.0 < variables)
            }
            TraceLowLevelEvent::Return(_) => {
                let depth = depths.entry(thread).or_insert(0);
                *depth -= 1;
                *depth >= 0
            }
            TraceLowLevelEvent::ThreadSwitch(id) => { thread = *id; true }
            _ => true,
        };
        if !known {
            return Err(format!("event {index} refers to what does not stand before it, or returns from nothing: {event:?}"));
        }
    }
    match depths.iter().find(|(_, depth)| **depth != 0) {
        Some((id, depth)) => Err(format!("thread {id:?} ends with {depth} calls open")),
        None => Ok(events.len()),
    }
}
