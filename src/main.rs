//! The command line: hands each command to its function, and says on standard error what went wrong.

use feedbacklus::cli::{
    self, AdminCommand, AuditCommand, ChangesCommand, Command, ConfigCommand, ErasuresCommand, SearchCommand,
    WebhooksCommand,
};
use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let command = match cli::parse() {
        Ok(command) => command,
        Err(code) => return code,
    };
    let outcome = match command {
        Command::Serve(settings) => cli::serve(&settings),
        Command::Demo(demo) => cli::demo(&demo),
        Command::Migrate(database) => cli::migrate(&database),
        Command::Backup(backup) => cli::backup(&backup),
        Command::Restore(restore) => cli::restore(&restore),
        Command::Openapi => cli::openapi(),
        Command::Admin(AdminCommand::Create(admin)) => cli::create_admin(&admin),
        Command::Search(SearchCommand::Rebuild(database)) => cli::rebuild_search(&database),
        Command::Changes(ChangesCommand::Cut(cut)) => cli::cut_changes(&cut),
        Command::Audit(AuditCommand::Verify(verify)) => cli::verify_audit(&verify),
        Command::Audit(AuditCommand::Cut(cut)) => cli::cut_accesses(&cut),
        Command::Audit(AuditCommand::Heads(database)) => cli::print_heads(&database),
        Command::Erasures(ErasuresCommand::Replay(replay)) => cli::replay_erasures(&replay),
        Command::Webhooks(WebhooksCommand::Listen(listen)) => cli::listen_for_webhooks(&listen),
        Command::Config(ConfigCommand::Check(settings)) => cli::check_config(&settings),
        Command::Healthcheck(listen) => cli::healthcheck(&listen),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => {
            eprintln!("{complaint}");
            ExitCode::FAILURE
        }
    }
}
