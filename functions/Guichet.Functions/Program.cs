using Azure.Storage.Blobs;
using Guichet.Documents;
using Guichet.Functions;
using Guichet.Functions.Access;
using Guichet.Functions.Deposit;
using Guichet.Functions.FollowUp;
using Guichet.Functions.Operations;
using Guichet.Functions.Review;
using Guichet.Mail;
using Guichet.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (ReaderProcess.RunIfAsked(args))
{
    return;
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseWhen<AnswerOnce>(StaffAccess.Concerns); // Around what writes the answer.
builder.ConfigureFunctionsWebApplication();
builder.UseWhen<RequestFailures>(StaffAccess.Concerns);
builder.UseMiddleware<TraceInvocations>();
builder.UseWhen<MessageFailures>(MessageFailures.Concerns);
builder.UseWhen<StaffAccess>(StaffAccess.Concerns);
builder.UseWhen<KeyedRequests>(KeyedRequests.Concerns);

var settings = GuichetSettings.Of(builder.Configuration, builder.Environment.IsDevelopment());
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton(new GuichetClock(settings.ClockOffset));
builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<GuichetClock>());
builder.Services.AddGuichetTelemetry(builder.Configuration);
builder.Services.AddGuichetStorage(builder.Configuration, settings.Allowance, settings.Patience, LetterWriter.Faults);
builder.Services.AddSingleton(settings.Staff);
builder.Services.AddSingleton<StaffSignIn>();
builder.Services.AddDataProtection().SetApplicationName("guichet");
builder.Services.AddOptions<KeyManagementOptions>().Configure<BlobServiceClient>((keys, blobs) => keys.XmlRepository = new KeyRing(blobs.GetBlobContainerClient(StorageNames.Keys)));
builder.Services.AddSingleton<Links>();
builder.Services.AddSingleton<PorteurAccess>();
builder.Services.AddSingleton(settings.Mail);
builder.Services.AddSingleton<MailServer>();
builder.Services.AddSingleton(new LetterWriter(settings.PublicUri));
builder.Services.AddSingleton(_ => new ReaderPool());
builder.Services.AddSingleton<FailureDesk>();
builder.Services.AddSingleton<MalwareGate>();
builder.Services.AddSingleton<PieceReception>();
builder.Services.AddSingleton<DepositClosing>();
builder.Services.AddSingleton<ProjectDesk>();
builder.Services.AddSingleton<ReportReception>();
builder.Services.AddSingleton<LetterPost>();
builder.Services.AddSingleton<OfficeNews>();
builder.Services.AddSingleton<SessionClosing>();
builder.Services.AddSingleton<Erasing>();
builder.Services.AddSingleton<RetentionForecast>();
builder.Services.AddSingleton<ReviewerAccess>();

await builder.Build().RunAsync();
