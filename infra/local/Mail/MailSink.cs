using System.Text.RegularExpressions;

namespace Guichet.Local.Mail;

/// <summary>A mail that the sink took.</summary>
public sealed record SunkMail(Guid Id, string From, IReadOnlyList<string> To, string Subject, DateTimeOffset ReceivedDate);

/// <summary>Takes every mail that the app sends and shows it on a page: smtp4dev, a local tool of this project.</summary>
public sealed partial class MailSink : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private readonly ChildProcess process;
    private readonly HttpClient client;
    private readonly string? temporary;

    private MailSink(ChildProcess process, Uri page, MailDoors doors, string? temporary)
    {
        (this.process, Page, Doors, this.temporary) = (process, page, doors, temporary);
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = page };
    }

    /// <summary>The page to read the mails on; its API is at <c>/api/messages</c>.</summary>
    public Uri Page { get; }

    /// <summary>Where tests make the mail server fail: the app's mails pass there.</summary>
    public MailDoors Doors { get; }

    public int SmtpPort => Doors.Port;

    /// <summary>Starts it on the mails of <paramref name="folder"/>, or with none and in memory.</summary>
    public static async Task<MailSink> Start(string? folder, int pagePort = 0, int smtpPort = 0, CancellationToken cancellation = default)
    {
        var program = await Smtp4devTool.Install(cancellation);
        var temporary = folder is null ? Directory.CreateTempSubdirectory("guichet-mail-").FullName : null;
        var listening = new Listening();
        var process = ChildProcess.Start(
            program,
            [
                $"--urls=http://127.0.0.1:{pagePort}", "--smtpport=0",
                "--bindaddress=127.0.0.1", "--allowremoteconnections-", "--pop3port=", "--imapport=", "--tlsmode=None",
                "--nousersettings", "--messagestokeep=100000", $"--installpath={Path.GetDirectoryName(program)}",
                $"--baseappdatapath={folder ?? temporary}", $"--db={(folder is null ? "" : "mails.db")}",
            ],
            folder ?? temporary,
            null,
            listening.Read);
        if (await Task.WhenAny(listening.All, process.Exit(cancellation), Task.Delay(StartTimeout, cancellation)) != listening.All)
        {
            var reason = process.Reason;
            await process.DisposeAsync();
            cancellation.ThrowIfCancellationRequested();
            throw new LocalProblemException($"La boîte aux lettres locale (smtp4dev) n’a pas démarré : {reason}");
        }

        var (page, smtp) = await listening.All;
        return new MailSink(process, page, MailDoors.Start(smtpPort, smtp), temporary);
    }

    /// <summary>The mails so far, oldest first.</summary>
    public async Task<IReadOnlyList<SunkMail>> Messages(CancellationToken cancellation = default)
    {
        var answer = await client.GetFromJsonAsync<Answer>("api/messages?pageSize=100000", cancellation);
        return [.. answer!.Results.OrderBy(mail => mail.ReceivedDate)];
    }

    /// <summary>A mail as it came, headers and all.</summary>
    public Task<string> Source(SunkMail mail, CancellationToken cancellation = default) =>
        client.GetStringAsync(new Uri($"api/messages/{mail.Id}/raw", UriKind.Relative), cancellation);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Doors.DisposeAsync();
        await process.Stop(StopTimeout);
        await process.DisposeAsync();
        if (temporary is not null)
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private sealed record Answer(IReadOnlyList<SunkMail> Results);

    private sealed partial class Listening
    {
        private readonly TaskCompletionSource<(Uri Page, int Smtp)> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Uri? page;
        private int smtp;

        public Task<(Uri Page, int Smtp)> All => all.Task;

        public void Read(string line)
        {
            if (Smtp().Match(line) is { Success: true } port)
            {
                smtp = int.Parse(port.Groups[1].ValueSpan, provider: null);
            }
            else if (Web().Match(line) is { Success: true } address)
            {
                page = new Uri(address.Groups[1].Value);
            }

            if (page is not null && smtp > 0)
            {
                all.TrySetResult((page, smtp));
            }
        }

        [GeneratedRegex(@"SMTP Server is listening on port (\d+)")]
        private static partial Regex Smtp();

        [GeneratedRegex(@"Now listening on: (http://\S+)")]
        private static partial Regex Web();
    }
}
