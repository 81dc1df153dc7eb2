//! Tells the connections that stay open that the server is going down.

use tokio::sync::watch;

/// A switch that is thrown once. Clones are the same switch.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Asks the event sockets to close (1012, "service restart"). New ones are closed at once.
    pub fn throw(&self) {
        self.0.send_replace(true);
    }

    /// Waits until it is thrown.
    pub(crate) async fn thrown(&self) {
        // An error would mean that the sender is gone, but it is ours too.
        let _ = self.0.subscribe().wait_for(|thrown| *thrown).await;
    }
}
